"""The first view in a browser: readable without scripts, replaced without a jump, and no press is lost."""

import json
import re

import pytest
from playwright.sync_api import expect
from support.accessibility import broken_rules
from support.map_page import frame_of, located, settled, wait_for_shown

from geo.layer.filters import ProjectFilter

SIZES = [(1400, 900), (1280, 720), (800, 600), (390, 844)]

SHIFTS = """(() => {
  if (window !== top) return;
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.shifted += one.value;
  }).observe({ type: "layout-shift", buffered: true });
})();"""

SAME_PLACES = {
    "#first .pm-header h1": ".st-key-mast .pm-header h1",
    "#first .pm-first-mast .pm-first-switch a:last-child": ".st-key-lang button:last-child",
    "#first .pm-unfold": ".st-key-filters .pm-unfold",
    "#first .pm-first-views a:first-child": ".st-key-view button:first-child",
    "#first .pm-copy": ".st-key-chips .pm-copy",
    "#first .pm-first-map": ".st-key-map iframe",
    "#first .pm-detail h2": ".st-key-detail h2",
    "#first .pm-detail > .pm-about": ".st-key-detail .pm-detail > .pm-about",
    "#first .pm-downloads": ".st-key-downloads .pm-downloads",
}
"""What stands where: in the first view, and in the live page."""

PLACE = """selector => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return [box.left, box.top, box.width];
}"""

NEAR = 4.0
"""By how many pixels a thing may stand elsewhere in the live page."""


@pytest.fixture
def without_scripts(browser):
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


def held(page):
    """Keep Streamlit's scripts back; return what lets them go."""
    waiting = []
    passing = []

    def keep(route):
        if passing:
            route.continue_()
        else:
            waiting.append(route)

    def begin(_):
        # What a page had asked for is given up when a link leaves it.
        waiting.clear()

    page.route(re.compile(r"/shell/"), keep)
    page.on("framenavigated", lambda frame: begin(frame) if frame == page.main_frame else None)

    def let_go():
        passing.append(True)
        for route in waiting:
            route.continue_()

    return let_go


def test_without_scripts_a_reader_reads_a_clause_follows_links_and_finds_all_of_a_filter(
    without_scripts, app, dataset
):
    page = without_scripts
    page.goto(app)
    # First link: the project that the guide suggests, and its clause.
    page.locator("#first .pm-try a").first.click()
    project = dataset.projects[re.search(r"project=([\w-]+)", page.url)[1]]
    sentence = dataset.document.slice(dataset.document.sentence(project.anchors[0].span))
    expect(page.locator("#first .pm-first-panel blockquote").first).to_have_text(sentence)
    # Second link: a value of a facet, with the project still chosen.
    facet = page.locator("#first .pm-first-facet details").first
    facet.locator("summary").click()
    facet.locator("a").first.click()
    assert f"project={project.id}" in page.url
    code = re.search(r"sector=(\w+)", page.url)[1]
    rows = page.locator("#first .pm-first-list h3")
    kept = ProjectFilter(sector=(code,)).apply(dataset.frame).index
    assert sorted(rows.all_inner_texts()) == sorted(dataset.projects[name].name_zh for name in kept)
    # Third link: away with the filter again.
    page.locator("#first .pm-chip").click()
    assert "sector" not in page.url
    expect(rows).to_have_count(len(dataset.projects))
    # And the search is a form.
    page.locator("#first-q").fill("高铁")
    page.locator("#first-q").press("Enter")
    found = ProjectFilter(q="高铁").apply(dataset.frame).index
    expect(rows).to_have_count(len(found))


def test_without_scripts_a_project_on_the_map_is_a_link(without_scripts, app):
    page = without_scripts
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(app)
    page.locator("#first .pm-names-wide a", has_text="成渝中线高铁").first.click()
    expect(page.locator("#first .pm-first-panel h2")).to_have_text("成渝中线高铁")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_live_page_takes_the_place_of_the_first_view_without_a_jump(
    open_page, app, size, language
):
    page = open_page("about:blank", viewport={"width": size[0], "height": size[1]})
    page.add_init_script(SHIFTS)
    let_go = held(page)
    page.goto(f"{app}/?lang={language}", wait_until="commit")
    expect(page.locator("#first .pm-detail h2")).to_be_visible()
    page.wait_for_function("() => window.ProjectPage")
    before = {old: page.evaluate(PLACE, old) for old in SAME_PLACES}
    let_go()
    expect(page.locator("#first")).to_have_count(0)
    settled(page)
    for old, new in SAME_PLACES.items():
        now = page.evaluate(PLACE, new)
        assert now == pytest.approx(before[old], abs=NEAR), (old, before[old], now)
    assert page.evaluate("window.shifted") < 0.02


def test_the_map_of_the_first_view_shows_the_ground_where_the_live_map_does(open_page, app):
    page = open_page("about:blank", viewport={"width": 1400, "height": 900})
    let_go = held(page)
    page.goto(app, wait_until="commit")
    expect(page.locator("#first .pm-picture")).to_be_visible()
    place = "() => { const box = document.querySelector('#first .pm-picture').getBoundingClientRect(); const map = document.querySelector('#first .pm-first-map').getBoundingClientRect(); const svg = document.querySelector('#first .pm-picture'); const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number); const scale = Math.min(box.width / width, box.height / height); return [(box.width - width * scale) / 2 + box.left - map.left, (box.height - height * scale) / 2 + box.top - map.top, width * scale, height * scale]; }"
    drawn = page.evaluate(place)
    let_go()
    expect(page.locator("#first")).to_have_count(0)
    frame = frame_of(page)
    share = frame.evaluate("() => ProjectMap.share()")
    size = frame.evaluate("() => [map.getSize().x, map.getSize().y]")
    assert drawn[2] == pytest.approx(share["wide"] * size[0], abs=8)
    assert drawn[3] == pytest.approx(share["high"] * size[1], abs=8)


def test_a_link_pressed_before_the_live_page_is_ready_is_followed(open_page, app, dataset):
    page = open_page("about:blank")
    let_go = held(page)
    page.goto(f"{app}/?sector=rail", wait_until="commit")
    page.wait_for_function("() => window.ProjectPage")
    page.locator("#first .pm-first-list").wait_for(state="attached")
    page.locator("#first .pm-chip").click()
    page.wait_for_url(lambda url: "sector" not in url, wait_until="commit")
    let_go()
    expect(page.locator("#first")).to_have_count(0)
    wait_for_shown(frame_of(page), located(dataset))


def test_what_is_typed_before_the_live_page_is_ready_goes_on_in_it(open_page, app, dataset):
    page = open_page("about:blank", viewport={"width": 1400, "height": 900})
    let_go = held(page)
    page.goto(app, wait_until="commit")
    page.wait_for_function("() => window.ProjectPage")
    page.locator("#first-q").press_sequentially("高铁")
    let_go()
    expect(page.locator("#first")).to_have_count(0)
    expect(page.locator(".st-key-q input")).to_have_value("高铁")
    expect(page.locator(".st-key-q input")).to_be_focused()
    wait_for_shown(frame_of(page), located(dataset, q="高铁"))


def test_a_list_that_a_reader_has_opened_is_not_taken_away(open_page, app):
    page = open_page("about:blank", viewport={"width": 1400, "height": 900})
    let_go = held(page)
    page.goto(app, wait_until="commit")
    page.wait_for_function("() => window.ProjectPage")
    facet = page.locator("#first .pm-first-facet details").first
    facet.locator("summary").click()
    let_go()
    page.locator(".st-key-basemap input").wait_for(state="attached")
    frame_of(page)
    expect(facet.locator("a").first).to_be_visible()
    facet.locator("summary").click()
    expect(page.locator("#first")).to_have_count(0)


def test_if_streamlits_scripts_fail_the_words_appear(open_page, app, dataset):
    page = open_page("about:blank")
    page.route(re.compile(r"/shell/"), lambda route: route.abort())
    page.goto(app)
    rows = page.locator("#first .pm-first-list")
    expect(rows).to_be_hidden()
    # The style sheet counts the time, so the test moves its animations on.
    page.evaluate("() => document.getAnimations().forEach((one) => one.finish())")
    expect(rows).to_be_visible()
    expect(rows.locator("h3")).to_have_count(len(dataset.projects))


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)], ids=str)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_view_is_accessible(open_page, app, size, language):
    page = open_page("about:blank", viewport={"width": size[0], "height": size[1]})
    held(page)
    page.goto(f"{app}/?lang={language}", wait_until="commit")
    page.wait_for_function("() => window.ProjectPage")
    assert broken_rules(page) == []


def test_nothing_outside_the_machine_is_asked_for_and_every_early_file_is_used(
    open_page, app, outside
):
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(app)
    expect(page.locator("#first")).to_have_count(0)
    early = page.locator("meta[name=pm-early]").get_attribute("content").split()
    frame = frame_of(page)
    used = frame.evaluate(
        "() => performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"
    )
    for name in early:
        assert any(
            path.endswith(name.removeprefix("./").removeprefix("../../")) for path in used
        ), name
    assert json.dumps(outside) == "[]"
    assert asked
