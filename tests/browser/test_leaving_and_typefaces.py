"""What is open closes when the reader goes to another page, and each language has its typefaces.

Each test also names one thing that must not happen.
"""

import pytest
from playwright.sync_api import expect
from support.map_page import MARK, choose, frame_of, settled

CLOSED = "() => document.documentElement.dataset.filters !== 'open'"
FOLDS = "() => [...document.querySelectorAll('.st-key-detail details')].map(one => one.open)"
PROJECT = "chengziyi-hsr"


def to_list(page):
    page.locator(".st-key-view button").nth(1).click()
    page.locator(".st-key-list tbody tr").first.wait_for()


def test_a_list_of_options_and_the_drawer_do_not_outlive_back_and_a_choice_does_not_close_them(
    visit,
):
    page = visit("?view=list&lang=en")
    to_list(page)
    # The list comes before the switch shows it as chosen; until then, the map is not a choice.
    settled(page)
    page.locator(".st-key-view button").first.click()
    expect(page.locator(".st-key-no-view")).to_have_count(1)
    choose(page, "sector", "Roads")
    page.locator(".st-key-stage input").click()
    expect(page.locator("[role=option]").first).to_be_visible()
    page.go_back()
    expect(page.locator("[role=option]")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".pm-unfold").click()
    expect(page.locator(".pm-show")).to_be_visible()
    choose(page, "county", "Anyue")
    expect(page.locator(".pm-show")).to_be_visible()
    page.go_back()
    page.wait_for_function(CLOSED)
    assert not page.locator("[data-testid=stMain]").evaluate("one => one.parentElement.inert")


def test_a_fold_and_the_card_of_the_map_do_not_outlive_a_change_of_view_and_the_map_stays(visit):
    page = visit(f"?project={PROJECT}&lang=en")
    frame = frame_of(page)
    frame.evaluate(MARK)
    settled(page)
    before = page.evaluate(FOLDS)
    page.locator(".st-key-detail summary").first.click()
    assert page.evaluate(FOLDS) != before
    # On a phone the panel lies below the map, so the card stays open.
    page.set_viewport_size({"width": 390, "height": 844})
    frame.evaluate(
        "id => Object.values(map._layers).find(one => one.feature?.id === id)"
        ".fire('click', { containerPoint: L.point(200, 200), latlng: map.getCenter() })",
        PROJECT,
    )
    expect(frame.locator(".pm-card")).to_have_count(1)
    to_list(page)
    expect(frame.locator(".pm-card")).to_have_count(0)
    assert page.evaluate(FOLDS) == before
    assert frame.evaluate("() => window.sameMap === true")


def test_the_panel_of_another_project_begins_at_its_title(visit):
    page = visit(f"?project={PROJECT}&view=list&lang=en")
    panel = page.locator(".st-key-detail")
    panel.evaluate("one => { one.scrollTop = 300; }")
    page.locator(".st-key-list tbody tr").nth(3).locator("a").click()
    expect(panel.locator("article")).not_to_have_attribute("data-project", PROJECT)
    page.wait_for_function("() => document.querySelector('.st-key-detail').scrollTop === 0")
    title, bar = panel.locator("h2").bounding_box(), panel.locator(".pm-ways").bounding_box()
    assert title["y"] >= bar["y"] + bar["height"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_quotation_marks_come_from_a_typeface_of_their_language(visit, language):
    page = visit(f"?q=zzzz&lang={language}")
    note = page.locator(".pm-note p")
    expect(note).to_contain_text("“")
    em = "node => parseFloat(getComputedStyle(node).fontSize)"
    wide = note.evaluate("""node => {
      const range = document.createRange();
      const at = node.firstChild.data.indexOf("“");
      range.setStart(node.firstChild, at);
      range.setEnd(node.firstChild, at + 1);
      return range.getBoundingClientRect().width;
    }""")
    # A Chinese quotation mark is as wide as a character.
    assert (wide > 0.8 * note.evaluate(em)) == (language == "zh")


def test_a_long_option_and_its_tag_show_their_count_and_nothing_is_cut(visit):
    page = visit("?since=part_building&lang=en")
    tag = page.locator(".st-key-since [data-tag] > span[title]").last
    expect(tag).to_contain_text("construction")
    whole = "node => node.scrollWidth <= node.clientWidth && getComputedStyle(node).whiteSpace"
    assert tag.evaluate(whole) == "normal"
    page.locator(".st-key-since input").click()
    options = page.locator("[role=option]")
    expect(options.first).to_be_visible()
    for option in options.all():
        box = option.bounding_box()
        inner = option.locator("[data-item-hl]")
        assert inner.evaluate("node => node.scrollWidth <= node.clientWidth")
        assert inner.bounding_box()["height"] <= box["height"]
    page.keyboard.press("Escape")
