"""The one-file edition of an English plan of another place, of which nothing is mapped yet."""

import pytest
from support.other_home import KENYA, make, tell

DISTRICTS = ("Harlow East", "Harlow Central", "Harlow West")
WRITE = """
import json, sys
from pathlib import Path
from geo.core.home import find_home
from geo.exports.standalone import edition_html
from geo.layer.dataset import read_dataset
home = find_home()
path = home.folder / "map.html"
path.write_bytes(edition_html(read_dataset(home)))
print(json.dumps(str(path)))
"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    home = make(
        tmp_path_factory.mktemp("other") / "kenya", "english-plan", move=KENYA, names=DISTRICTS
    )
    return f"file://{tell(home, WRITE)}"


@pytest.fixture
def opened(browser, edition):
    contexts = []

    def open_(fragment="", locale="en-GB", **options):
        contexts.append(
            browser.new_context(viewport={"width": 1400, "height": 900}, locale=locale, **options)
        )
        page = contexts[-1].new_page()
        page.goto(edition + fragment)
        if options.get("java_script_enabled", True):
            page.wait_for_function("() => window.shownProjects && document.title && window.map")
        return page

    yield open_
    for context in contexts:
        context.close()


def test_without_scripts_it_is_in_english(opened):
    page = opened(java_script_enabled=False, locale="zh-CN")
    assert page.title().endswith("planned projects")
    assert page.locator("html").get_attribute("lang") == "en"


def test_no_heading_of_the_legend_stands_above_nothing(opened):
    page = opened("#lang=zh")
    page.wait_for_selector(".pm-legend-part", state="attached")
    parts = page.eval_on_selector_all(
        ".pm-legend-part",
        "all => all.map((one) => [...one.children].map((child) => child.tagName))",
    )
    assert [one for one in parts if one == ["H4"]] == []


def test_the_legend_is_closed_where_nothing_is_drawn_and_opens_on_request(opened):
    page = opened("#lang=en")
    legend = page.locator("details.pm-legend")
    page.wait_for_selector(".pm-legend-part", state="attached")
    # With so much room, the legend of a map with projects is open.
    page.set_viewport_size({"width": 1800, "height": 1300})
    page.wait_for_function("() => Math.min(map.getSize().x, map.getSize().y) >= 700")
    assert legend.get_attribute("open") is None
    legend.locator("xpath=./summary").click()
    assert legend.get_attribute("open") is not None


def test_the_guide_and_the_panel_call_a_draft_a_draft(opened):
    page = opened("#lang=en")
    counted = page.locator(".pm-drafts").inner_text()
    content = "JSON.parse(document.getElementById('content').textContent)"
    total = page.evaluate(f"() => Object.keys({content}.projects).length")
    assert counted == f"{total} of them are drafts that nobody has checked."
    page.locator(".pm-try a").first.click()
    notice = page.locator("article[data-project] .pm-notice").first
    notice.wait_for()
    assert notice.inner_text() == "Draft: nobody has looked for its place yet."
    assert "No public source" not in page.locator("article[data-project]").inner_text()


def test_the_guide_asks_for_no_click_on_a_line_where_none_is_drawn(opened):
    page = opened("#lang=en")
    guide = page.locator(".pm-guide").inner_text()
    assert "Choose a project to read its words" in guide
    assert "Click a line" not in guide
    assert "one district" in guide
    assert page.get_attribute("#q", "placeholder") == "Words or a place"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_quote_in_english_says_so_and_a_name_is_not_said_twice(opened, language):
    page = opened(f"#lang={language}")
    page.locator(".pm-try a").first.click()
    quote = page.locator("article[data-project] blockquote").first
    quote.wait_for()
    assert quote.get_attribute("lang") == "en"
    heading = page.locator("article[data-project] h2").inner_text()
    assert heading not in page.locator("article[data-project] .pm-gloss").all_inner_texts()


def test_a_search_shows_what_it_found_as_english(opened):
    page = opened("#lang=zh&q=highway")
    found = page.locator(".pm-results li p")
    assert set(found.evaluate_all("all => all.map((one) => one.lang)")) <= {"en"}
    page.evaluate("() => { location.hash = '#lang=zh&q=highway&view=list' }")
    cell = page.locator("#list td[lang]").first
    cell.wait_for()
    assert cell.get_attribute("lang") == "en"
