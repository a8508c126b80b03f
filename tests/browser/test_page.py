"""The page in a real browser: each test also names one thing that must not happen.

Every request to another machine is refused and recorded, so each test is an offline test. `visit` leads
an open page to its address; where it matters that the page is loaded there is `open_page`.
"""

import re

import pytest
from playwright.sync_api import expect
from support.accessibility import broken_rules
from support.map_page import (
    MARK,
    PROJECTS,
    choose,
    frame_of,
    located,
    settled,
    spot,
    wait_for_shown,
)

from geo.core.i18n import text
from geo.layer.filters import FACETS, ProjectFilter


@pytest.fixture
def page(visit):
    return visit()


def test_the_first_visit_draws_every_located_project_and_nothing_leaves_the_machine(
    open_page, app, dataset, outside
):
    page = open_page(app)
    frame = frame_of(page)
    located = [one.id for one in dataset.projects.values() if one.geometry is not None]
    wait_for_shown(frame, located)
    unmapped = len(dataset.projects) - len(located)
    expect(page.locator(".st-key-count")).to_contain_text(
        f"{len(dataset.projects)} / {len(dataset.projects)}"
    )
    expect(page.locator(".st-key-count")).to_contain_text(f"{unmapped} 个未上图")
    assert outside == []


def test_the_scripts_of_the_first_screen_are_named_in_its_head_and_none_is_asked_for_later(
    open_page, app, dataset
):
    page = open_page(app)
    located = [one.id for one in dataset.projects.values() if one.geometry is not None]
    wait_for_shown(frame_of(page), located)
    asked = page.evaluate(
        "() => performance.getEntriesByType('resource')"
        ".filter(one => one.name.endsWith('.js')).map(one => new URL(one.name).pathname)"
    )
    # As it was sent: later scripts add links of their own.
    sent = page.request.get(app).text()
    named = {f"/{path}" for path in re.findall(r'[" ]\./([^" ]+\.js)', sent)}
    assert any("Multiselect" in path for path in asked)
    assert set(asked) <= named


def test_each_drawn_layer_carries_its_feature_once(page, dataset):
    frame = frame_of(page)
    carried = frame.evaluate(
        "() => Object.values(map._layers).filter(l => l.feature).map(l => l.feature.properties.id)"
    )
    located = [one.id for one in dataset.projects.values() if one.geometry is not None]
    assert sorted(carried) == sorted(located)


def test_a_filter_shows_what_it_leaves_and_does_not_remount_the_map(page, dataset):
    frame = frame_of(page)
    frame.evaluate(MARK)
    choose(page, "sector", "水利")
    water = [one for one in dataset.projects.values() if one.sector == "water"]
    wait_for_shown(frame, [one.id for one in water if one.geometry is not None])
    expect(page.locator(".st-key-count")).to_contain_text(f"{len(water)} / ")
    expect(page).to_have_url(re.compile("sector=water"))
    assert frame.evaluate("() => window.sameMap === true")


def test_two_counties_are_either_and_reset_brings_all_back(page, dataset):
    frame = frame_of(page)
    before = frame.evaluate(PROJECTS)
    choose(page, "county", "安岳县")
    choose(page, "county", "乐至县")
    either = [
        one.id
        for one in dataset.projects.values()
        if {"512021", "512022"} & set(one.counties) and one.geometry is not None
    ]
    wait_for_shown(frame, either)
    page.locator(".st-key-reset button").click()
    wait_for_shown(frame, before)
    assert "county" not in page.url


def test_the_last_code_of_a_facet_leaves_none_chosen_and_nothing_in_the_link(visit, dataset):
    first, *others = FACETS["precision"]
    page = visit("?" + "&".join(f"precision={code}" for code in others))
    frame = frame_of(page)
    frame.evaluate(MARK)
    expect(page.locator(".st-key-chips .pm-chip")).to_have_count(len(others))
    choose(page, "precision", text("zh", f"precision-{first}"))
    expect(page).not_to_have_url(re.compile("precision="))
    expect(page.locator(".st-key-chips .pm-chip, .st-key-precision [data-tag]")).to_have_count(0)
    expect(page.locator(".st-key-reset button")).to_be_disabled()
    expect(page.locator(".st-key-count")).to_contain_text(f"{len(dataset.projects)} / ")
    wait_for_shown(frame, located(dataset))
    page.locator(".st-key-precision input").click()
    expect(page.get_by_role("option")).to_have_count(len(FACETS["precision"]))
    assert frame.evaluate("() => window.sameMap === true")


def test_a_single_latin_letter_asks_for_one_more_and_hides_nothing(visit, dataset):
    page = visit("?among=512021")
    frame = frame_of(page)
    label, field = page.locator(".st-key-q label"), page.locator(".st-key-q input")
    below = page.locator(".st-key-sector").bounding_box()
    field.press_sequentially("c")
    expect(label).to_contain_text(text("zh", "facet-q-letter"))
    expect(page.locator(".pm-among h2")).to_have_text("安岳县")
    expect(page.locator(".st-key-chips .pm-chip")).to_have_count(0)
    wait_for_shown(frame, located(dataset))
    assert page.locator(".st-key-sector").bounding_box() == below
    field.press_sequentially("zy")
    expect(label).to_have_text(text("zh", "facet-q"))
    wait_for_shown(frame, located(dataset, q="czy"))
    expect(page.locator(".pm-results mark").first).to_be_visible()


def test_a_search_in_traditional_characters_marks_simplified_ones_and_nothing_else(visit, dataset):
    page = visit("?q=鐵路&view=list")
    wait_for_shown(frame_of(page), located(dataset, q="铁路"))
    marks = page.locator(".pm-list mark")
    expect(marks).to_have_count(len(ProjectFilter(q="铁路").apply(dataset.frame)))
    assert set(marks.all_inner_texts()) == {"铁路"}


def test_a_click_shows_the_clause_in_the_panel_and_does_not_zoom_the_map(page):
    frame = frame_of(page)
    frame.evaluate(MARK)
    zoom = frame.evaluate("() => map.getZoom()")
    page.mouse.click(*spot(page, frame, "miansuinei-railway"))
    panel = page.locator(".st-key-detail")
    expect(panel.locator("h2")).to_have_text("绵遂内铁路")
    expect(panel.locator("blockquote").first).to_contain_text("畅通成渝大通道")
    expect(panel.locator("mark.pm-name").first).to_have_text("绵遂内铁路")
    expect(page).to_have_url(re.compile("project=miansuinei-railway"))
    expect(frame.locator(".pm-card")).to_have_count(0)
    assert frame.evaluate("() => map.getZoom()") == zoom
    assert frame.evaluate("() => window.sameMap === true")


def test_a_repeated_click_keeps_the_selection_and_a_click_away_clears_it(page):
    frame = frame_of(page)
    at = spot(page, frame, "miansuinei-railway")
    for _ in range(2):
        page.mouse.click(*at)
        expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.93, box["y"] + box["height"] * 0.3)
    expect(page.locator("article[data-project]")).to_have_count(0)
    expect(frame.locator(".pm-card")).to_have_count(0)
    assert "project=" not in page.url


CROSSING = """([one, two]) => {
  const parts = (id) => Object.values(map._layers)
    .find((layer) => layer.feature && layer.feature.properties.id === id)._parts;
  let best = [Infinity, null];
  for (const first of parts(one)) for (const second of parts(two)) {
    for (let i = 1; i < first.length; i += 1) for (let s = 0; s <= 300; s += 1) {
      const at = L.point(first[i - 1].x + (first[i].x - first[i - 1].x) * s / 300,
        first[i - 1].y + (first[i].y - first[i - 1].y) * s / 300);
      for (let j = 1; j < second.length; j += 1) {
        const far = L.LineUtil.pointToSegmentDistance(at, second[j - 1], second[j]);
        if (far < best[0]) best = [far, at];
      }
    }
  }
  const at = map.layerPointToLatLng(best[1]);
  const { x, y } = map.layerPointToContainerPoint(best[1]);
  return { x, y, lat: at.lat, lng: at.lng };
}"""


def test_a_click_where_lines_cross_offers_the_choice_and_selects_none_itself(visit):
    page = visit()
    frame = frame_of(page)
    lines = ["chengyu-middle-hsr", "chengziyu-expressway"]
    at = frame.evaluate(CROSSING, lines)
    frame.evaluate("at => void map.setView([at.lat, at.lng], 12, { animate: false })", at)
    at = frame.evaluate(CROSSING, lines)
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.click(box["x"] + 1 + at["x"], box["y"] + 1 + at["y"])
    choices = frame.locator(".pm-chooser .pm-choice")
    expect(choices.filter(has_text="成渝中线高铁")).to_be_visible()
    assert choices.count() > 1
    assert "project=" not in page.url
    choices.filter(has_text="成资渝高速").click()
    expect(page.locator(".st-key-detail h2")).to_have_text("成资渝高速")


def test_one_switch_sets_aside_what_is_wider_than_a_county(page, dataset):
    frame = frame_of(page)
    expect(frame.locator(".pm-wide")).to_be_visible()
    page.locator(".st-key-local label").first.click()
    wide = {one.id for one in dataset.projects.values() if one.scope == "wide"}
    located = {one.id for one in dataset.projects.values() if one.geometry is not None}
    wait_for_shown(frame, located - wide)
    expect(page.locator(".st-key-count")).to_contain_text(f"{len(dataset.projects) - len(wide)} / ")
    expect(page).to_have_url(re.compile("scope=local"))
    # What is left of more than one county has lines and signs of its own, or no place.
    left = [
        one for one in dataset.projects.values() if len(one.counties) != 1 and one.id not in wide
    ]
    expect(frame.locator(".pm-wide")).to_contain_text(str(len(left)))


def test_what_was_left_out_is_shown_with_its_reason(visit, dataset):
    page = visit("?view=coverage")
    rows = page.locator(".st-key-coverage tbody tr")
    expect(rows).to_have_count(len(dataset.ledger.entries))
    expect(rows.filter(has_text="以“7高11轨16快”立体综合交通网络为重点")).to_be_visible()
    assert rows.filter(has_text="布局高铁动货基地").count() == 0


def test_projects_at_one_place_point_at_each_other(visit):
    page = visit("?project=ziyang-national-hitech-zone")
    frame = frame_of(page)
    frame.evaluate(MARK)
    page.locator(".st-key-related").get_by_role("link", name="高新区转型升级").click()
    expect(page.locator(".st-key-detail h2")).to_have_text("高新区转型升级")
    assert frame.evaluate("() => window.sameMap === true")


def test_a_link_opens_with_its_project_selected_centred_and_read(open_page, app, dataset):
    page = open_page(f"{app}/?project=ziyang-line-s3")
    frame = frame_of(page)
    expect(page.locator(".st-key-detail h2")).to_have_text("轨道交通资阳线(成资市域铁路S3线)")
    frame.wait_for_function("() => ProjectMap.selected() === 'ziyang-line-s3'")
    # What of it lies in Ziyang fills the window.
    county = dataset.counties.geometry["512002"]
    own = dataset.projects["ziyang-line-s3"].geometry.intersection(county).bounds
    frame.wait_for_function(
        "([w, s, e, n]) => map.getBounds().contains([[s, w], [n, e]]) && map.getZoom() >= 10",
        arg=list(own),
    )
    expect(page.locator(".stAlert, .pm-note")).to_have_count(0)


def test_a_link_with_filters_opens_filtered_and_back_returns(open_page, app, dataset):
    page = open_page(f"{app}/?sector=rail&county=512021")
    frame = frame_of(page)
    rail = [
        one.id
        for one in dataset.projects.values()
        if one.sector == "rail" and "512021" in one.counties and one.geometry is not None
    ]
    wait_for_shown(frame, rail)
    choose(page, "stage", "前期工作")
    wait_for_shown(frame, ["miansuinei-railway"])
    # The map is ahead of the server, which writes the address.
    expect(page).to_have_url(re.compile("stage=prepare"))
    page.go_back()
    wait_for_shown(frame, rail)
    assert "stage" not in page.url


def test_quick_choices_one_after_another_are_all_taken_and_none_is_undone(visit):
    page = visit()
    frame = frame_of(page)
    choose(page, "sector", "铁路与轨道")
    choose(page, "county", "安岳县")
    choose(page, "stage", "前期工作")
    wait_for_shown(frame, ["miansuinei-railway"])
    expect(page).to_have_url(re.compile("sector=rail&county=512021&stage=prepare"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("stage"))
    page.go_forward()
    wait_for_shown(frame, ["miansuinei-railway"])
    assert page.locator(".stAlert, .pm-note").count() == 0


@pytest.mark.parametrize("before", [["铁路与轨道"], ["铁路与轨道", "公路", "水利"]])
def test_a_slow_press_on_the_next_facet_opens_it_and_chooses_nothing(visit, before):
    page = visit()
    frame_of(page)
    expect(page.locator(".st-key-basemap input")).to_be_visible()
    for label in before:
        choose(page, "sector", label)
    expect(page).to_have_url(re.compile(f"(sector=[^&]+&?){{{len(before)}}}$"))
    settled(page)
    # Still within the first facet, as after the choice from its list.
    expect(page.locator(".st-key-sector input")).to_be_focused()
    box = page.locator(".st-key-county input").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    expect(page.get_by_role("option", name=re.compile("^安岳县"))).to_be_visible()
    page.mouse.up()
    expect(page.get_by_role("option", name=re.compile("^安岳县"))).to_be_visible()
    assert page.locator(".st-key-county input").bounding_box() == box
    assert page.locator(".st-key-county [data-tag]").count() == 0
    assert "county" not in page.url


def test_unknown_values_in_a_link_are_said_and_break_nothing(open_page, app, dataset):
    page = open_page(f"{app}/?sector=magic&project=gone&lang=xx&county=512021")
    frame = frame_of(page)
    expect(page.locator(".st-key-notes .pm-note")).to_contain_text("sector=magic")
    expect(page.locator(".st-key-notes .pm-note")).to_contain_text("project=gone")
    anyue = [one.id for one in dataset.projects.values() if "512021" in one.counties]
    assert set(frame.evaluate(PROJECTS)) <= set(anyue)
    assert page.get_by_text("Traceback").count() == 0


def test_a_hostile_link_is_shown_as_text_and_never_runs(open_page, app):
    page = open_page(f"{app}/?project=%3Cimg%20src%3Dx%20onerror%3D%22window.ran%3D1%22%3E")
    frame_of(page)
    expect(page.locator(".st-key-notes .pm-note")).to_contain_text("<img")
    assert page.evaluate("() => window.ran") is None


def test_the_language_changes_every_word_and_keeps_map_and_filter(visit):
    page = visit("?sector=water")
    frame = frame_of(page)
    frame.evaluate(MARK)
    page.get_by_role("button", name="English").or_(
        page.get_by_role("radio", name="English")
    ).first.click()
    expect(page.locator(".st-key-count")).to_contain_text("projects")
    expect(page.locator("h1")).to_have_text("Ziyang planned projects")
    expect(frame.locator(".pm-legend")).to_contain_text("Water works")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    chinese = re.compile("[一-鿿]")
    for part in (".st-key-count", ".st-key-detail", ".stSidebar .st-key-sector"):
        assert not chinese.search(page.locator(part).inner_text())
    assert frame.evaluate("() => window.sameMap === true")
    assert "sector=water" in page.url


def test_an_english_browser_is_answered_in_english(open_page, app):
    page = open_page(app, locale="en-GB")
    expect(page.locator(".st-key-count")).to_contain_text("projects")
    assert "lang=" not in page.url


def test_on_a_phone_the_map_comes_first_and_nothing_is_wider_than_the_screen(visit):
    size = {"width": 390, "height": 844}
    page = visit(viewport=size, is_mobile=True, has_touch=True)
    frame = frame_of(page)
    box = page.locator(".st-key-map iframe").bounding_box()
    panel = page.locator(".st-key-detail").bounding_box()
    assert box["y"] + box["height"] <= size["height"]
    assert panel["y"] >= box["y"] + box["height"]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]
    x, y = spot_on_phone(page, frame)
    page.touchscreen.tap(x, y)
    expect(frame.locator(".leaflet-popup")).to_be_visible()


def spot_on_phone(page, frame):
    at = frame.evaluate(
        """() => { const l = Object.values(map._layers).find(l => l.feature
             && l.feature.properties.id === 'anyue-station-hub');
             const c = map.latLngToContainerPoint(l.getLatLng()); return [c.x, c.y]; }"""
    )
    box = page.locator(".st-key-map iframe").bounding_box()
    return box["x"] + at[0], box["y"] + at[1]


def test_the_map_is_never_taller_than_the_window(visit):
    for height in (720, 900, 1080):
        page = visit(viewport={"width": 1280, "height": height})
        frame_of(page)
        box = page.locator(".st-key-map iframe").bounding_box()
        assert box["y"] + box["height"] <= height


def test_the_map_knows_its_own_size_from_the_start_and_after_a_resize(open_page, app):
    page = open_page(app, viewport={"width": 1280, "height": 720})
    frame = frame_of(page)
    same = "() => map.getSize().y === innerHeight && map.getSize().x === innerWidth"
    frame.wait_for_function(same)
    page.set_viewport_size({"width": 1000, "height": 900})
    frame.wait_for_function(same)
    assert frame.evaluate("() => map.getBounds().contains([30.13, 104.64])")


def test_a_long_visit_leaves_no_more_elements_than_a_short_one(visit):
    page = visit("?sector=rail")
    frame = frame_of(page)
    # Names that are still looking for their room find it when they are asked for.
    every = "() => (window.shownNames && shownNames(), document.querySelectorAll('*').length)"

    def there_and_back():
        for sector, label in (("road", "公路"), ("rail", "铁路与轨道")):
            page.evaluate("query => ProjectPage.travel(query)", f"?sector={sector}")
            expect(page.locator(".st-key-chips")).to_contain_text(label)
            settled(page)

    there_and_back()
    before = page.evaluate(every), frame.evaluate(every)
    there_and_back()
    there_and_back()
    # What Streamlit replaces goes a moment after the page is at rest, on a busy machine later.
    page.wait_for_function("count => document.querySelectorAll('*').length <= count", arg=before[0])
    assert frame.evaluate(every) == before[1]


@pytest.mark.parametrize("later_ms", [0, 20, 200])
def test_a_link_followed_while_another_is_answered_is_followed_whole(visit, dataset, later_ms):
    page = visit()
    frame = frame_of(page)
    settled(page)
    page.evaluate(
        "later => { ProjectPage.travel('?sector=rail&project=miansuinei-railway');"
        " setTimeout(() => ProjectPage.travel('?sector=road&county=512021'), later); }",
        later_ms,
    )
    left = [
        one.id for one in dataset.projects.values()
        if one.geometry is not None and one.sector == "road" and "512021" in one.counties
    ]  # fmt: skip
    wait_for_shown(frame, left)
    settled(page)
    expect(page).to_have_url(re.compile(r"\?sector=road&county=512021$"))
    expect(page.locator(".st-key-sector")).to_contain_text("公路")
    assert sorted(frame.evaluate(PROJECTS)) == sorted(left)
    expect(page.locator("article[data-project]")).to_have_count(0)


def test_a_link_within_the_page_does_not_load_it_again(visit):
    page = visit("?view=summary")
    frame = frame_of(page)
    frame.evaluate(MARK)
    page.locator(".st-key-summary details summary").first.click()
    page.locator(".st-key-summary tbody th a:visible", has_text="水利").first.click()
    expect(page).to_have_url(re.compile("sector=water"))
    expect(page.locator(".st-key-count")).not_to_contain_text("138 / 138")
    assert frame.evaluate("() => window.sameMap === true")
    page.go_back()
    expect(page.locator(".st-key-count")).to_contain_text("138 / 138")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "view",
    [
        "",
        "&project=china-dental-valley",
        "&view=list",
        "&view=summary",
        "&show=today&project=china-dental-valley",
        "&view=document&left=1",
        "&view=compare",
        "&view=coverage",
        "&q=共建",
    ],
)
def test_no_view_breaks_the_accessibility_rules(visit, view, language):
    page = visit(f"?lang={language}{view}")
    frame = frame_of(page)
    frame.locator(".pm-in-view button").first.wait_for(state="attached")
    settled(page)
    assert broken_rules(page, frame) == []


@pytest.mark.parametrize(
    "view",
    ["&project=china-dental-valley", "&show=today", "&view=document&left=1", "&q=共建"],
)
def test_in_the_dark_the_accessibility_rules_are_kept_too(visit, view):
    page = visit(f"?lang=zh{view}", color_scheme="dark")
    frame = frame_of(page)
    frame.locator(".pm-in-view button").first.wait_for(state="attached")
    settled(page)
    frame.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
    assert broken_rules(page, frame) == []


SPOILT = """() => {
  const pale = '<p style="color: #999; background: #fff">pale</p>';
  document.querySelector('.st-key-detail').insertAdjacentHTML(
    'afterbegin', `<div id="spoilt"><img src="data:,">${pale}</div>`);
}"""


def test_what_breaks_the_accessibility_rules_is_found(visit):
    page = visit()
    before = broken_rules(page)
    page.evaluate(SPOILT)
    found = broken_rules(page)
    page.evaluate("() => document.querySelector('#spoilt').remove()")
    assert before == []
    assert {rule for rule, _ in found} == {"image-alt", "color-contrast"}
