"""The panel beside the map, and the views in the map's place, in a real browser and both languages.

Each test also names one thing that must not happen.
"""

import re

import pytest
from playwright.sync_api import expect
from support.map_page import MARK, choose, frame_of, settled

from geo.core.i18n import text
from geo.layer.codes import FAMILIES, SECTOR, SECTOR_CODES
from geo.layer.filters import ProjectFilter, in_county_and_beyond, in_place
from geo.layer.projects import RelatedGroup

YANJIANG = "512002"
SAME = "() => window.sameMap === true"
WATCH_SIZE = """() => { window.sameMap = true; window.resized = 0;
  addEventListener('resize', () => { window.resized += 1; }); }"""
PLACE = "() => [map.getCenter().lat, map.getCenter().lng, map.getZoom(), innerWidth, innerHeight]"

both = pytest.mark.parametrize("language", ["zh", "en"])


def ids_of(dataset, mask):
    return set(dataset.frame.index[mask])


def listed(page):
    return {one.get_attribute("data-ids") for one in page.locator(".pm-among li").all()}


@both
def test_the_guide_counts_what_the_filter_leaves_and_nothing_else(visit, dataset, language):
    page = visit(f"?county=512021&lang={language}")
    shown = ProjectFilter(county=("512021",)).apply(dataset.frame)
    families = [SECTOR[one].family for one in shown["sector"]]
    bars = page.locator(".pm-bars li")
    expect(bars).to_have_count(len(FAMILIES))
    for bar, family in zip(bars.all(), FAMILIES, strict=True):
        expect(bar).to_have_text(
            f"{text(language, f'family-{family.code}')}{families.count(family.code)}"
        )
    places = page.locator(".pm-places b")
    assert sum(int(one) for one in places.all_inner_texts()) == len(shown)
    known = page.locator(".pm-guide .pm-about b").all_inner_texts()
    assert sum(int(one) for one in known) == len(shown)
    numbers = [int(one) for one in bars.locator("b").all_inner_texts()]
    assert len(dataset.projects) not in numbers


@both
def test_the_guide_fits_into_the_panel_and_nothing_of_it_has_to_be_scrolled_to(visit, language):
    page = visit(f"?lang={language}")
    expect(page.locator(".pm-guide .pm-bars li")).to_have_count(len(FAMILIES))
    settled(page)
    panel = page.locator(".st-key-detail")
    assert panel.evaluate("node => node.scrollHeight <= node.clientHeight")
    assert panel.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert page.locator(".pm-guide").bounding_box()["height"] <= 790


def test_a_bar_chooses_its_family_gives_it_up_again_and_does_not_load_the_map_anew(visit):
    page = visit()
    frame = frame_of(page)
    frame.evaluate(MARK)
    family = next(one for one in FAMILIES if one.code == "economy")
    own = [code for code in SECTOR_CODES if SECTOR[code].family == family.code]
    bar = page.locator(f".pm-bars .pm-{family.code} a")
    bar.focus()
    page.keyboard.press("Enter")
    expect(bar).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("&?".join(f"sector={one}" for one in own)))
    others = page.locator(f".pm-bars li:not(.pm-{family.code}) b")
    assert set(others.all_inner_texts()) == {"0"}
    bar.click()
    expect(page).not_to_have_url(re.compile("sector="))
    expect(bar).not_to_have_attribute("aria-current", "true")
    assert frame.evaluate(SAME)


def test_a_county_of_the_guide_opens_its_list_and_filters_nothing(visit, dataset):
    page = visit()
    frame = frame_of(page)
    own = ids_of(dataset, in_place(dataset.frame, YANJIANG))
    page.locator(f".pm-places a[href='?among={YANJIANG}']").click()
    expect(page.locator(".pm-among h2")).to_have_text(text("zh", f"county-{YANJIANG}"))
    expect(page.locator(".pm-among li")).to_have_count(len(own))
    assert listed(page) == own
    expect(page).to_have_url(re.compile(f"among={YANJIANG}"))
    settled(page)
    expect(page.locator(".st-key-count")).to_contain_text(str(len(dataset.projects)))
    located = [one for one in dataset.projects.values() if one.geometry is not None]
    assert len(frame.evaluate("() => window.shownProjects()")) == len(located)


def test_a_county_leads_on_to_what_is_wider_and_that_to_the_guide(visit, dataset):
    page = visit(f"?among={YANJIANG}")
    count = len(ids_of(dataset, in_county_and_beyond(dataset.frame, YANJIANG)))
    around = page.locator(".pm-around a")
    expect(around).to_contain_text(str(count))
    around.click()
    expect(page.locator(".pm-among h2")).to_have_text(text("zh", "among-wide"))
    assert listed(page) == ids_of(dataset, in_place(dataset.frame, "wide"))
    expect(page.locator(".pm-around")).to_have_count(0)
    page.locator(".pm-among .pm-clear").click()
    expect(page.locator(".pm-guide")).to_be_visible()
    assert "among" not in page.url


def test_from_a_list_to_a_project_and_back_the_list_is_never_lost(visit):
    page = visit(f"?among={YANJIANG}")
    frame = frame_of(page)
    frame.evaluate(MARK)
    row = page.locator(".pm-among li").nth(3)
    name, project = row.locator("a").inner_text(), row.get_attribute("data-ids")
    rows = page.locator(".pm-among li").count()
    row.locator("a").click()
    expect(page.locator(".st-key-detail h2")).to_have_text(name)
    expect(page).to_have_url(re.compile(f"project={project}"))
    back = page.locator(".pm-back")
    expect(back).to_contain_text(text("zh", f"county-{YANJIANG}"))
    expect(back).to_contain_text(str(rows))
    back.click()
    expect(page.locator(".pm-among li")).to_have_count(rows)
    expect(page).not_to_have_url(re.compile("project="))
    page.go_back()
    expect(page.locator(".st-key-detail h2")).to_have_text(name)
    page.locator(".pm-clear").click()
    expect(page.locator(".pm-guide")).to_be_visible()
    assert frame.evaluate(SAME)


@both
def test_a_list_says_how_many_of_its_projects_the_filter_hides_and_lists_none_of_them(
    visit, dataset, language
):
    page = visit(f"?among={YANJIANG}&sector=rail&sector=road&lang={language}")
    own = ids_of(dataset, in_place(dataset.frame, YANJIANG))
    shown = own & set(ProjectFilter(sector=("rail", "road")).apply(dataset.frame).index)
    expect(page.locator(".pm-among li")).to_have_count(len(shown))
    said = text(language, "among-hidden", count=len(own - shown))
    expect(page.locator(".pm-among .pm-about .pm-aside")).to_have_text(said)
    assert listed(page) == shown
    headings = page.locator(".pm-among h3").all_inner_texts()
    assert [text(language, f"sector-{one}") in said for one, said in zip(("rail", "road"), headings, strict=True)] == [True, True]  # fmt: skip


@both
def test_a_shared_place_is_called_by_its_name_and_other_groups_by_their_sectors(
    visit, dataset, language
):
    group: RelatedGroup = dataset.related[2]
    among = "&".join(f"among={one}" for one in group.projects)
    page = visit(f"?{among}&lang={language}")
    place = group.place_en if language == "en" else group.place_zh
    expect(page.locator(".pm-among h2")).to_have_text(place)
    assert listed(page) == set(group.projects)
    rail, road = text(language, "sector-rail"), text(language, "sector-road")
    few = ["chengziyi-hsr", "miansuinei-railway", "chengzi-avenue"]
    assert [dataset.projects[one].sector for one in few] == ["rail", "rail", "road"]
    among = "&".join(f"among={one}" for one in few)
    visit(f"?{among}&project={few[0]}&lang={language}")
    expect(page.locator(".pm-back")).to_contain_text(f"{rail} 2 · {road} 1")
    assert page.locator(".stAlert, .pm-note").count() == 0


def test_an_unknown_place_in_a_link_is_said_and_opens_no_list(visit):
    page = visit("?among=999999")
    expect(page.locator(".st-key-notes .pm-note")).to_contain_text("among=999999")
    expect(page.locator(".pm-guide")).to_be_visible()
    assert page.locator(".pm-among").count() == 0


def test_a_facet_keeps_the_list_and_a_search_or_the_reset_ends_it(visit):
    page = visit(f"?among={YANJIANG}")
    frame_of(page)
    choose(page, "sector", "铁路与轨道")
    expect(page.locator(".pm-among h3")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"sector=rail.*among={YANJIANG}|among.*sector=rail"))
    page.locator(".st-key-reset button").click()
    expect(page.locator(".pm-guide")).to_be_visible()
    assert "among" not in page.url
    visit(f"?among={YANJIANG}")
    expect(page.locator(".pm-among h2")).to_be_visible()
    settled(page)
    page.locator(".st-key-q input").press_sequentially("gaotie", delay=30)
    expect(page.locator(".pm-results")).to_be_visible()
    expect(page).to_have_url(re.compile("q=gaotie"))
    assert "among" not in page.url


def test_pointing_at_a_row_tells_the_map_and_selects_nothing(visit):
    page = visit(f"?among={YANJIANG}")
    frame_of(page)
    page.evaluate(
        """() => { window.pointed = [];
             document.addEventListener('page-points', e => window.pointed.push(...e.detail)); }"""
    )
    row = page.locator(".pm-among li").first
    row.hover()
    page.wait_for_function("id => window.pointed.includes(id)", arg=row.get_attribute("data-ids"))
    expect(row).to_have_class(re.compile("pm-lit"))
    assert "project=" not in page.url


def test_the_page_tells_when_another_project_is_shown_and_when_none_is(visit):
    page = visit("?project=miansuinei-railway")
    frame_of(page)
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    settled(page)
    page.evaluate(
        """() => { window.told = [];
             document.addEventListener('project-selected', e => window.told.push(e.detail)); }"""
    )
    page.locator(".pm-clear").click()
    page.wait_for_function("() => window.told.length === 1")
    page.locator(".pm-try li[data-ids] a").click()
    page.wait_for_function("() => window.told.length === 2")
    told = page.evaluate("() => window.told")
    assert told[0] == ""
    assert told[1] in page.url


@both
@pytest.mark.parametrize("width", [1400, 1280, 800, 390])
def test_the_way_out_of_a_project_never_covers_its_name(visit, dataset, language, width):
    longest = max(dataset.projects.values(), key=lambda one: len(one.name_en)).id
    page = visit(
        f"?among=wide&project={longest}&lang={language}",
        viewport={"width": width, "height": 800},
    )
    heading = page.locator(".st-key-detail h2")
    heading.wait_for()
    settled(page)
    boxes = page.evaluate(
        """() => ['.pm-clear', '.pm-back', '.pm-kicker', '.st-key-detail h2'].map(one =>
             document.querySelector(one).getBoundingClientRect()).map(b => [b.top, b.bottom, b.right])"""
    )
    (clear, back, kicker, title) = boxes
    for _, bottom, right in (clear, back):
        assert bottom <= kicker[0] + 1
        assert right <= width
    assert title[0] >= kicker[1] - 1
    cut = heading.evaluate("node => node.scrollWidth > node.clientWidth")
    assert not cut


@pytest.mark.parametrize(
    ("language", "view"), [("zh", "list"), ("en", "summary"), ("zh", "compare"), ("en", "coverage")]
)
def test_a_view_takes_the_place_of_the_map_which_is_neither_loaded_again_nor_resized(
    visit, language, view
):
    page = visit(f"?lang={language}")
    frame = frame_of(page)
    settled(page)
    frame.evaluate(WATCH_SIZE)
    frame.evaluate("() => void map.setView([30.05, 105.1], 11, {animate: false})")
    before = frame.evaluate(PLACE)
    box = page.locator(".st-key-map iframe").bounding_box()
    page.get_by_role("radio", name=text(language, f"view-{view}"), exact=True).click()
    shown = page.locator(f".st-key-{view}")
    expect(shown.locator("table:visible, article:visible").first).to_be_visible()
    settled(page)
    there, panel = shown.bounding_box(), page.locator(".st-key-detail").bounding_box()
    assert abs(there["x"] - box["x"]) < 2
    assert abs(there["y"] - box["y"]) < 2
    assert there["x"] + there["width"] <= panel["x"]
    assert page.locator(".st-key-map iframe").bounding_box()["x"] < -there["width"]
    page.get_by_role("radio", name=text(language, "view-map"), exact=True).click()
    expect(shown).to_have_count(0)
    assert page.locator(".st-key-map iframe").bounding_box() == box
    assert frame.evaluate(PLACE) == before
    assert frame.evaluate("() => window.resized") == 0
    assert frame.evaluate(SAME)


def test_a_row_opens_its_clause_beside_the_list_which_stays_where_it_was(visit):
    page = visit("?view=list")
    row = page.locator("tr[data-ids=miansuinei-railway]")
    row.scroll_into_view_if_needed()
    at = row.bounding_box()["y"]
    row.locator("td").first.click()
    panel = page.locator(".st-key-detail")
    expect(panel.locator("blockquote").first).to_contain_text("畅通成渝大通道")
    expect(panel.locator("blockquote").first).to_be_in_viewport()
    expect(row).to_have_class(re.compile("pm-here"))
    settled(page)
    assert abs(row.bounding_box()["y"] - at) < 2
    assert "view=list" in page.url


@both
def test_on_a_phone_the_list_is_cards_and_nothing_has_to_be_pushed_aside(visit, language):
    size = {"width": 390, "height": 844}
    page = visit(f"?view=list&lang={language}", viewport=size, is_mobile=True, has_touch=True)
    row = page.locator("tr[data-ids=miansuinei-railway]")
    row.scroll_into_view_if_needed()
    labels = [text(language, f"list-{one}") for one in ("sector", "stage", "county", "precision")]
    said = row.locator("td").evaluate_all(
        "cells => cells.map(one => getComputedStyle(one, '::before').content.slice(1, -1))"
    )
    assert set(labels) <= set(said)
    cells = row.locator("th, td").evaluate_all(
        "cells => cells.map(one => one.getBoundingClientRect()).map(b => [b.top, b.right])"
    )
    assert [top for top, _ in cells] == sorted({top for top, _ in cells})
    assert max(right for _, right in cells) <= size["width"]
    row.locator("a").tap()
    expect(page.locator(".st-key-detail blockquote").first).to_be_in_viewport()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


def test_after_a_link_within_the_page_no_choice_of_the_reader_is_lost(visit):
    page = visit("?view=list")
    frame = frame_of(page)
    frame.evaluate(MARK)
    for number in range(2):
        page.locator("tr[data-ids]").nth(number).locator("a").click()
        expect(page.locator("tr.pm-here")).to_have_count(1)
        settled(page)
        page.get_by_role("radio", name="地图", exact=True).click()
        expect(page).not_to_have_url(re.compile("view="))
        expect(page.locator(".st-key-map iframe")).to_be_in_viewport(ratio=0.9)
        settled(page)
        page.locator(".pm-clear").click()
        expect(page.locator("article[data-project]")).to_have_count(0)
        settled(page)
        page.get_by_role("radio", name="列表", exact=True).click()
        expect(page.locator(".st-key-list tbody tr").first).to_be_visible()
    assert "project=" not in page.url
    assert frame.evaluate(SAME)
