"""The one-file edition in a real browser, opened from the disk, with every request recorded."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import expect
from support.accessibility import broken_rules
from support.hostile_text import HOSTILE
from support.outcome import FAILED
from support.strategies import filters

from geo.exports.standalone import edition_html
from geo.layer.counts import guide
from geo.layer.filters import FACETS, ProjectFilter, in_list
from geo.layer.query import PageState, url_query

SHOWN = "() => window.shownProjects().sort()"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def file(dataset, tmp_path_factory):
    path = tmp_path_factory.mktemp("edition") / "map.html"
    path.write_bytes(edition_html(dataset))
    return path


class Files:
    """Opens files in the browser and keeps each request of theirs, each error too."""

    def __init__(self, browser):
        self.requests = []
        self._browser = browser
        self._kept = {}

    def open(self, path, fragment="", **options):
        options = {"viewport": {"width": 1400, "height": 900}, "locale": "zh-CN"} | options
        page = self._browser.new_context(**options).new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.requests.append(f"error: {error}"))
        page.goto(path.as_uri() + fragment)
        if options.get("java_script_enabled", True):
            page.wait_for_function("() => window.shownProjects && document.title && window.map")
        return page

    def visit(self, path, fragment, **options):
        """Return a page that stays open from one test to the next, at another fragment."""
        key = json.dumps(options, sort_keys=True)
        if key not in self._kept:
            self._kept[key] = self.open(path, reduced_motion="reduce", **options)
        page = self._kept[key]
        page.mouse.move(0, 0)
        page.evaluate(TIDY)
        page.evaluate(GO, fragment)
        return page

    def drop(self):
        for page in self._kept.values():
            page.context.close()
        self._kept.clear()


TIDY = """() => {
  delete window.sameMap;
  document.activeElement?.blur();
  for (const one of document.querySelectorAll('*')) if (one.scrollTop) one.scrollTop = 0;
  map.closePopup();
  document.querySelector('.pm-fit a').click();
}"""
GO = """(fragment) => new Promise((done) => {
  if (new URL(fragment || '#', location.href).hash === location.hash) done();
  else {
    addEventListener('hashchange', () => setTimeout(done), { once: true });
    location.hash = fragment;
  }
})"""


@pytest.fixture(scope="module")
def files(browser):
    files = Files(browser)
    yield files
    files.drop()


def nothing_else_asked(requests):
    """Say whether nothing was requested but the file itself, and no error was raised."""
    opening = re.compile(r"file://[^#?]*/map\.html(#.*)?$")
    return not [one for one in requests if not opening.match(one) and not one.startswith("data:")]


@pytest.fixture
def opened(files, file):
    """Return a function that opens the file with a fragment; no request but for it is allowed."""
    pages = []
    files.requests = []

    def open_(fragment="", path=file, **options):
        pages.append(files.open(path, fragment, **options))
        return pages[-1]

    yield open_
    for page in pages:
        page.context.close()
    assert nothing_else_asked(files.requests), files.requests


@pytest.fixture
def visit(files, file, request):
    """Return a function that leads the open file to a fragment; no request is allowed."""
    files.requests = []
    yield lambda fragment="", **options: files.visit(file, fragment, **options)
    if request.node.stash.get(FAILED, False):
        files.drop()
    assert nothing_else_asked(files.requests), files.requests


def located(dataset, ids):
    return sorted(one for one in ids if dataset.projects[one].geometry is not None)


def wait_for_shown(page, expected):
    page.wait_for_function(
        f"ids => JSON.stringify(({SHOWN})()) === ids",
        arg=json.dumps(sorted(expected), separators=(",", ":")),
    )


def go(page, state):
    page.evaluate("fragment => { location.hash = fragment; }", url_query(state).removeprefix("?"))
    page.wait_for_function(
        "query => new URLSearchParams(location.hash.slice(1)).toString() === "
        "new URLSearchParams(query).toString()",
        arg=url_query(state).removeprefix("?"),
    )


def test_the_file_opens_with_every_project_and_asks_nothing_of_anyone(opened, dataset):
    page = opened()
    wait_for_shown(page, located(dataset, dataset.projects))
    expect(page.locator("#count")).to_contain_text(f"{len(dataset.projects)} / ")
    unmapped = len(dataset.projects) - len(located(dataset, dataset.projects))
    expect(page.locator("#count")).to_contain_text(f"{unmapped} 个未上图")


def test_a_box_filters_the_map_and_the_counts_and_does_not_draw_the_map_again(visit, dataset):
    page = visit()
    page.evaluate("() => { window.sameMap = true; }")
    page.get_by_role("checkbox", name="水利").check()
    water = ProjectFilter(sector=("water",))
    left = list(water.apply(dataset.frame).index)
    wait_for_shown(page, located(dataset, left))
    expect(page.locator("#count")).to_contain_text(f"{len(left)} / ")
    expect(page).to_have_url(re.compile(r"#sector=water$"))
    page.locator("#active .pm-chip").click()
    wait_for_shown(page, located(dataset, dataset.projects))
    assert page.evaluate("() => window.sameMap === true")


def test_the_last_box_of_a_facet_leaves_none_checked_and_nothing_in_the_link(visit, dataset):
    first, *others = FACETS["precision"]
    page = visit("#" + "&".join(f"precision={code}" for code in others))
    expect(page.locator("#active .pm-chip")).to_have_count(len(others))
    page.locator(f"input[name=precision][value={first}]").click()
    expect(page.locator("#active .pm-chip, input[name=precision]:checked")).to_have_count(0)
    expect(page.locator("#reset")).to_be_disabled()
    wait_for_shown(page, located(dataset, dataset.projects))
    assert "precision" not in page.url


def test_every_filter_leaves_and_counts_what_the_app_does(visit, dataset):
    page = visit("#view=list")

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(asked=filters)
    def same(asked):
        asked = replace(asked, q=" ".join(asked.q.split()))
        asked = replace(asked, **{one: tuple(dict.fromkeys(asked.codes(one))) for one in FACETS})
        go(page, PageState(filter=asked, view="list"))
        left = list(asked.apply(dataset.frame).index)
        wait_for_shown(page, located(dataset, left))
        rows = page.locator("#list tbody tr").evaluate_all("all => all.map(one => one.dataset.ids)")
        assert sorted(rows) == sorted(left)
        counts = page.locator("#facets .ed-option").evaluate_all(
            "all => all.map(one => [one.firstElementChild.name, one.firstElementChild.value, "
            "Number(one.lastElementChild.textContent)])"
        )
        expected = [
            [facet, code, count]
            for facet in FACETS
            for code, count in asked.counts(dataset.frame, facet).items()
        ]
        assert counts == expected

    same()


def test_a_search_by_pinyin_marks_what_it_found_and_back_leaves_it_in_one_step(visit, dataset):
    page = visit()
    page.locator("#q").press_sequentially("chengziyi")
    wait_for_shown(page, ["chengziyi-hsr"])
    expect(page.locator(".pm-results mark")).to_have_text(["成自宜"])
    page.locator(".pm-results a").click()
    expect(page.locator(".pm-detail h2")).to_have_text("成自宜高铁")
    page.go_back()
    expect(page.locator(".pm-results")).to_be_visible()
    page.go_back()
    wait_for_shown(page, located(dataset, dataset.projects))
    expect(page.locator("#q")).to_have_value("")


def test_a_click_on_the_map_shows_the_clause_in_popup_and_panel_at_once(visit):
    page = visit("#sector=rail&county=512021&stage=prepare")
    wait_for_shown(page, ["miansuinei-railway"])
    x, y = page.evaluate(
        """() => { const line = Object.values(map._layers).find(one => one.feature);
           const part = line._parts[0]; const from = part[part.length - 2], to = part[part.length - 1];
           const at = map.layerPointToContainerPoint([(from.x + to.x) / 2, (from.y + to.y) / 2]);
           const box = map.getContainer().getBoundingClientRect();
           return [box.x + at.x, box.y + at.y]; }"""
    )
    page.mouse.click(x, y)
    expect(page.locator(".pm-detail h2")).to_have_text("绵遂内铁路")
    expect(page.locator(".pm-detail mark.pm-name").first).to_have_text("绵遂内铁路")
    expect(page).to_have_url(re.compile("project=miansuinei-railway"))
    page.locator(".pm-clear").click()
    expect(page.locator(".pm-card")).to_have_count(0)
    assert "project=" not in page.url


def test_words_of_the_text_choose_their_project_and_shared_words_ask_first(visit):
    page = visit("#view=document")
    page.locator(".pm-mark[data-first~=miansuinei-railway]").click()
    expect(page.locator(".pm-detail h2")).to_have_text("绵遂内铁路")
    expect(page.locator(".pm-mark.pm-here").first).to_contain_text("绵遂内铁路")
    page.wait_for_function("() => ProjectMap.selected() === 'miansuinei-railway'")
    page.locator(".pm-mark[data-ids*=' ']", has_text="成达万高铁开工建设").first.click()
    expect(page.locator(".pm-menu button")).to_have_text(["成达万高铁", "成渝中线高铁"])
    assert "miansuinei-railway" in page.url
    page.locator(".pm-menu button", has_text="成渝中线高铁").click()
    expect(page.locator(".pm-detail h2")).to_have_text("成渝中线高铁")


def test_a_fragment_leads_to_any_spot_of_the_text(opened, dataset):
    anchor = dataset.projects["public-health-clinical-centre"].anchors[0]
    page = opened(f"#view=document&at={anchor.start + 1}-{anchor.end + 3}")
    page.wait_for_function("() => CSS.highlights.has('pm-spot')")
    marked = "() => [...CSS.highlights.get('pm-spot')].map(String).join('')"
    expected = dataset.document.text[anchor.start + 1 : anchor.end + 3]
    assert page.evaluate(marked) == expected
    page.get_by_role("button", name="English").click()
    expect(page.locator(".pm-toc summary")).to_have_text("Contents")
    page.wait_for_function(
        "() => document.contains([...CSS.highlights.get('pm-spot') || []][0]?.startContainer)"
    )
    assert page.evaluate(marked) == expected


def test_pointing_at_words_lights_the_map_and_the_map_lights_words(visit):
    page = visit("#view=document&sector=rail&stage=prepare&county=512021")
    weight = "() => Object.values(map._layers).find(one => one.feature).options.weight"
    before = page.evaluate(weight)
    page.locator(".pm-mark[data-first~=miansuinei-railway]").hover()
    page.wait_for_function(f"before => ({weight})() > before", arg=before)
    expect(page.locator(".pm-mark.pm-lit").first).to_be_visible()
    page.mouse.move(5, 5)
    page.wait_for_function(f"before => ({weight})() === before", arg=before)
    expect(page.locator(".pm-lit")).to_have_count(0)


def test_the_language_changes_every_word_and_keeps_filter_and_selection(visit):
    page = visit("#sector=rail&project=miansuinei-railway&view=list")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Ziyang planned projects")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".pm-detail h2")).to_have_text("Mianyang–Suining–Neijiang railway")
    expect(page).to_have_url(re.compile("sector=rail.*project=miansuinei-railway.*lang=en"))
    chinese = re.compile("[一-鿿]")
    for part in ("#count", "#filters", ".ed-about", "#list thead", "#active"):
        assert not chinese.search(page.locator(part).inner_text()), part
    page.go_back()
    expect(page.locator("h1")).to_have_text("资阳规划项目地图")


def test_an_english_browser_is_answered_in_english(opened):
    page = opened(locale="en-GB")
    expect(page.locator("#count")).to_contain_text("projects")
    assert "lang" not in page.url


def test_back_and_forward_go_through_the_states(visit, dataset):
    page = visit()
    page.get_by_role("checkbox", name="铁路与轨道").check()
    page.get_by_role("checkbox", name="安岳县").check()
    both = ProjectFilter(sector=("rail",), county=("512021",)).apply(dataset.frame).index
    wait_for_shown(page, located(dataset, both))
    page.go_back()
    rail = ProjectFilter(sector=("rail",)).apply(dataset.frame).index
    wait_for_shown(page, located(dataset, rail))
    expect(page.get_by_role("checkbox", name="安岳县")).not_to_be_checked()
    page.go_forward()
    wait_for_shown(page, located(dataset, both))


def test_a_row_chooses_its_project_by_mouse_and_by_keyboard(visit):
    page = visit("#view=list")
    page.locator("tr[data-ids=miansuinei-railway] td").first.click()
    expect(page.locator(".pm-detail h2")).to_have_text("绵遂内铁路")
    expect(page.locator("tr.pm-here")).to_have_attribute("data-ids", "miansuinei-railway")
    page.locator("tr[data-ids=chengziyi-hsr] a").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pm-detail h2")).to_have_text("成自宜高铁")


def test_a_keyboard_skips_to_the_map_and_switches_a_filter(opened, dataset):
    page = opened()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#map")).to_be_focused()
    page.get_by_role("checkbox", name="机场").focus()
    page.keyboard.press("Space")
    left = ProjectFilter(sector=("aviation",)).apply(dataset.frame).index
    wait_for_shown(page, located(dataset, left))
    expect(page.get_by_role("checkbox", name="机场")).to_be_focused()


def test_unknown_values_are_said_and_break_nothing(opened, dataset):
    page = opened("#sector=magic&project=gone&lang=xx&view=summary&at=9-3&county=512021&%zz")
    for said in ("sector=magic", "project=gone", "lang=xx", "view=summary", "at=9-3"):
        expect(page.locator("#notes")).to_contain_text(said)
    wait_for_shown(
        page, located(dataset, ProjectFilter(county=("512021",)).apply(dataset.frame).index)
    )


def test_hostile_text_and_a_hostile_link_never_run(opened, dataset, tmp_path):
    first = "miansuinei-railway"
    project = replace(dataset.projects[first], name_zh=HOSTILE, name_en=HOSTILE, basis=HOSTILE)
    path = tmp_path / "map.html"
    path.write_bytes(edition_html(replace(dataset, projects=dataset.projects | {first: project})))
    image = "%3Cimg%20src%3Dx%20onerror%3D%22window.ran%3D1%22%3E"
    page = opened(f"#project={first}&view=list&q=rail&sector={image}", path)
    expect(page.locator("#notes")).to_contain_text("<img")
    expect(page.locator(".pm-detail h2")).to_have_text(HOSTILE)
    page.locator(f"tr[data-ids={first}] a").hover()
    page.get_by_role("button", name="全文").click()
    page.locator(".pm-mark[data-ids*=' ']").first.click()
    assert page.locator("img").count() == 0
    assert page.evaluate("() => window.ran") is None


def test_without_scripts_the_whole_text_can_still_be_read(opened):
    page = opened(java_script_enabled=False)
    expect(page.locator(".pm-document").first).to_be_visible()
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator("noscript p, .pm-notice").first).to_contain_text("脚本")


def test_on_a_phone_the_map_or_the_list_comes_first_and_the_filters_fold(opened, dataset):
    page = opened(**PHONE)
    box = page.locator("#map").bounding_box()
    assert box["y"] + box["height"] <= PHONE["viewport"]["height"]
    assert page.locator("#panel").bounding_box()["y"] >= box["y"] + box["height"]
    page.locator("[data-view=list]").tap()
    assert page.locator("#list").bounding_box()["y"] <= box["y"] + 2
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(page.locator("#facets")).to_be_hidden()
    page.locator("#unfold").tap()
    page.get_by_role("checkbox", name="铁路与轨道").tap()
    rail = ProjectFilter(sector=("rail",)).apply(dataset.frame).index
    wait_for_shown(page, located(dataset, rail))
    expect(page.locator("#unfold")).to_contain_text("1")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .ed-option, summary, #q, .pm-table a')]
             .filter(one => one.offsetParent && !one.closest('#map'))
             .map(one => one.closest('td, th') || one).map(one => [one.textContent.trim(),
               one.getBoundingClientRect().height]).filter(([, high]) => high < 44)"""
    )
    assert small == []


def test_on_paper_the_page_is_light_and_holds_no_controls(opened):
    page = opened("#view=list", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.emulate_media(media="print")
    for hidden in ("#filters", ".ed-views", ".leaflet-control-zoom"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#list tbody tr").first).to_be_visible()
    ground = page.evaluate("() => getComputedStyle(document.body).getPropertyValue('--pm-line')")
    page.emulate_media(media="screen", color_scheme="light")
    light = page.evaluate("() => getComputedStyle(document.body).getPropertyValue('--pm-line')")
    assert ground == light


FRAGMENTS = ["", "&project=china-dental-valley", "&view=list&q=共建", "&view=document&left=1"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_no_view_breaks_the_accessibility_rules(visit, language, fragment, options):
    page = visit(f"#lang={language}{fragment}", **options)
    page.locator(".pm-in-view button").first.wait_for(state="attached")
    assert broken_rules(page) == []


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_in_the_dark_the_accessibility_rules_are_kept_too(visit, fragment):
    page = visit(f"#lang=zh{fragment}", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert broken_rules(page) == []


def test_what_happened_since_is_cited_filtered_and_shown_without_the_network(visit, dataset):
    name, own = max(dataset.events_of.items(), key=lambda one: len(one[1]))
    page = visit(f"#project={name}&lang=en")
    items = page.locator("#panel .pm-events li")
    expect(items).to_have_count(len(own))
    for event, item in zip(own, items.all(), strict=True):
        expect(item).to_contain_text(event.statement_en)
        expect(item.locator("a")).to_have_attribute("href", event.source.url)
        expect(item.locator(".pm-scope")).to_have_count(int(event.scope != "whole"))
    expect(page.locator("#panel dl")).to_contain_text("Stage (as of 2020-07-25)")
    page.locator(".pm-clear").click()
    page.evaluate("() => { window.sameMap = true; }")
    page.locator("[data-today=today]").click()
    expect(page).to_have_url(re.compile("show=today"))
    page.wait_for_function("() => ProjectMap.today() === true")
    page.get_by_role("checkbox", name="Partly open").check()
    left = ProjectFilter(since=("part_open",)).apply(dataset.frame).index
    wait_for_shown(page, located(dataset, left))
    page.locator("[data-today=plan]").click()
    page.wait_for_function("() => ProjectMap.today() === false")
    assert page.evaluate("() => window.sameMap === true")


def test_a_letter_about_an_error_is_filled_in_and_tells_no_path_of_the_reader(
    opened, dataset, tmp_path, monkeypatch
):
    monkeypatch.setenv("PROJECT_MAP_CONTACT", "map@example.org")
    path = tmp_path / "map.html"
    path.write_bytes(edition_html(dataset, ProjectFilter(sector=("rail",))))
    page = opened("#project=ziyang-line-s3&lang=en", path=path)
    page.locator(".pm-report summary").click()
    link = page.locator(".pm-report a[data-field=since]")
    link.evaluate("one => one.addEventListener('click', event => event.preventDefault())")
    link.click()
    letter = urlsplit(link.get_attribute("href"))
    parts = parse_qs(letter.query)
    assert (letter.scheme, letter.path) == ("mailto", "map@example.org")
    assert parts["subject"] == ["Map correction: ziyang-line-s3"]
    assert "What is wrong: since" in parts["body"][0]
    assert "Current value: Open or in use" in parts["body"][0]
    assert "#project=ziyang-line-s3" in parts["body"][0]
    assert "map.html" not in parts["body"][0]


def test_a_bar_of_the_guide_has_the_length_of_the_app_and_filters_the_map_as_it_is(visit, dataset):
    asked = ProjectFilter(county=("512021",))
    page = visit("#county=512021")
    page.evaluate("() => { window.sameMap = true; }")
    found = guide(dataset.frame, asked)
    bars = page.locator(".pm-bars li")
    widths = bars.locator("i").evaluate_all("all => all.map(one => parseFloat(one.style.width))")
    assert widths == pytest.approx([one.width for one in found.bars], abs=0.1)
    bars.last.locator("a").click()
    expect(bars.last.locator("a")).to_have_attribute("aria-current", "true")
    wait_for_shown(page, located(dataset, found.bars[-1].asked.apply(dataset.frame).index))
    bars.last.locator("a").click()
    wait_for_shown(page, located(dataset, asked.apply(dataset.frame).index))
    assert page.evaluate("() => window.sameMap === true")


@pytest.mark.parametrize("among", [("512002",), ("chengziyi-hsr", "miansuinei-railway")])
def test_a_list_outlives_a_project_and_a_filter_and_the_reset_closes_it(visit, dataset, among):
    page = visit("#" + url_query(PageState(among=among)).removeprefix("?"))
    rows = page.locator(".pm-among li")
    ids = set(dataset.frame.index[in_list(dataset.frame, among)])
    expect(rows).to_have_count(len(ids))
    first = rows.first.get_attribute("data-ids")
    rows.first.locator("a").click()
    expect(page.locator("article[data-project]")).to_have_attribute("data-project", first)
    page.locator(".pm-back").click()
    expect(rows).to_have_count(len(ids))
    rail = ProjectFilter(sector=("rail",))
    go(page, PageState(filter=rail, among=among))
    expect(rows).to_have_count(len(ids & set(rail.apply(dataset.frame).index)))
    page.locator("#reset").click()
    expect(page.locator(".pm-guide")).to_be_visible()
    assert "among" not in page.url


def test_a_filter_of_a_county_frames_it_as_in_the_app(opened):
    page = opened()
    before = page.evaluate("() => map.getZoom()")
    page.get_by_role("checkbox", name="乐至县").check()
    page.wait_for_function("before => map.getZoom() > before", arg=before)


def test_a_click_on_nothing_closes_a_list(opened):
    page = opened("#among=512002")
    expect(page.locator(".pm-among")).to_be_visible()
    page.wait_for_function("() => shownNames().length")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + 8, box["y"] + box["height"] - 60)
    expect(page.locator(".pm-guide")).to_be_visible()


def test_no_name_is_written_below_the_switch_of_the_map(opened):
    page = opened()
    page.wait_for_function("() => shownNames().length")
    covered = """() => { const box = document.getElementById('today').getBoundingClientRect();
      const map_ = map.getContainer().getBoundingClientRect();
      return shownNames().filter(one => one.polygons.flat().some(([x, y]) => x + map_.x > box.left
        && x + map_.x < box.right && y + map_.y > box.top && y + map_.y < box.bottom)).map(one => one.text); }"""
    assert page.evaluate("() => ProjectBridge.overlayBoxes().length") == 1
    assert page.evaluate(covered) == []
    page.set_viewport_size(PHONE["viewport"])
    page.wait_for_function("() => ProjectBridge.overlayBoxes().length === 0")


def test_the_list_takes_the_place_of_the_map_which_is_not_resized(visit):
    page = visit()
    page.evaluate("() => { window.resized = 0; map.on('resize', () => { window.resized += 1; }); }")
    box = page.locator("#map").bounding_box()
    page.locator("[data-view=list]").click()
    there = page.locator("#list").bounding_box()
    assert (there["x"], there["y"]) == (box["x"], box["y"])
    page.locator("tr[data-ids=miansuinei-railway] a").click()
    expect(page.locator(".pm-detail blockquote").first).to_be_in_viewport()
    page.locator(".pm-clear").click()
    page.locator("[data-view='']").click()
    expect(page.locator("#map")).to_be_in_viewport(ratio=1)
    assert page.locator("#map").bounding_box() == box
    assert page.evaluate("() => window.resized") == 0
