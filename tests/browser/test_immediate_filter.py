"""A choice shows on the map before the server has answered; the server has the last word."""

import json
import re

import pytest
from playwright.sync_api import expect
from support.map_messages import passing
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

from geo.core.i18n import LANGUAGES, text
from geo.layer.filters import FACETS, ProjectFilter
from geo.map.client_data import encode_filter


class Held:
    """A websocket whose answers can be held back; what the page says always arrives."""

    def __init__(self, page):
        self.holding = False
        self._late = []
        page.route_web_socket(re.compile("_stcore/stream"), self._follow)

    def _follow(self, page_side):
        server = page_side.connect_to_server()
        self._to_page = page_side.send
        page_side.on_message(server.send)
        server.on_message(
            lambda one: self._late.append(one) if self.holding else page_side.send(one)
        )

    def release(self):
        self.holding = False
        for one in self._late:
            self._to_page(one)
        self._late.clear()


@pytest.fixture(scope="module")
def loaded(browser, app):
    """A page of which the answers can be held back; it is loaded once."""
    with browser.new_context(
        viewport={"width": 1400, "height": 900}, locale="zh-CN", reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        held = Held(page)
        page.goto(app)
        frame_of(page)
        expect(page.locator(".st-key-basemap input")).to_be_visible()
        yield page, held


@pytest.fixture
def held_page(loaded, dataset):
    """Lead the page to its first address, whatever the test before has left."""
    page, held = loaded
    held.release()
    page.keyboard.press("Escape")
    page.mouse.move(0, 0)
    page.evaluate("() => ProjectPage.travel('?')")
    frame = frame_of(page)
    frame.evaluate("() => { delete window.sameMap; }")
    wait_for_shown(frame, located(dataset))
    expect(page.locator(".st-key-count")).to_contain_text(f"{len(dataset.projects)} / ")
    expect(page.locator("article[data-project]")).to_have_count(0)
    settled(page)
    return page, frame, held


def test_the_map_follows_a_choice_while_the_server_is_silent(held_page, dataset):
    page, frame, held = held_page
    frame.evaluate(MARK)
    before = page.locator(".st-key-count").inner_text()
    held.holding = True
    choose(page, "sector", "铁路与轨道")
    wait_for_shown(frame, located(dataset, sector=("rail",)))
    assert page.locator(".st-key-count").inner_text() == before
    held.release()
    expect(page.locator(".st-key-count")).not_to_have_text(before)
    wait_for_shown(frame, located(dataset, sector=("rail",)))
    assert frame.evaluate("() => window.sameMap")


def test_a_click_is_answered_by_a_card_while_the_server_is_silent(held_page):
    page, frame, held = held_page
    at = spot(page, frame, "chengziyu-expressway")
    held.holding = True
    page.mouse.click(*at)
    card = frame.locator(".pm-card .leaflet-popup-content")
    expect(card.locator("h3")).to_contain_text("成资渝高速")
    expect(card.locator(".pm-quote")).to_contain_text("成资渝高速")
    # The stage of the decision and what became of it are two facts, and each has its own line.
    expect(card.locator(".pm-told")).to_contain_text("已建成投用")
    expect(card.locator(".pm-facts")).not_to_contain_text("已建成投用")
    held.release()
    expect(page.locator(".st-key-detail h2")).to_have_text("成资渝高速")
    expect(frame.locator(".pm-card")).to_have_count(0)


def test_a_choice_taken_back_shows_at_once_too(held_page, dataset):
    page, frame, held = held_page
    choose(page, "sector", "铁路与轨道")
    expect(page).to_have_url(re.compile("sector=rail"))
    held.holding = True
    page.locator(".st-key-sector [data-tag] button").first.click()
    wait_for_shown(frame, located(dataset))
    held.release()
    expect(page).not_to_have_url(re.compile("sector=rail"))
    assert frame.evaluate(PROJECTS)


def test_where_the_server_says_something_else_the_map_returns_to_that(held_page, dataset):
    page, frame, held = held_page
    held.holding = True
    choose(page, "sector", "铁路与轨道")
    wait_for_shown(frame, located(dataset, sector=("rail",)))
    # Nothing comes any more: what the server said last is what holds.
    wait_for_shown(frame, located(dataset))
    assert "sector" not in page.url


def test_what_the_reader_chooses_means_the_same_to_the_map_as_to_the_server(held_page, dataset):
    _, frame, _ = held_page
    codes = dataset.frame["codes"].to_numpy()
    for language in LANGUAGES:
        for facet, known in FACETS.items():
            words = [text(language, f"{facet}-{code}") for code in known]
            others = {} if facet == "county" else {"county": ("512021",)}
            base = encode_filter(ProjectFilter(**others, q="资阳").result(dataset.frame))
            each = [([code], [word]) for code, word in zip(known, words, strict=True)]
            for chosen, labels in [*each, (known, words)]:
                said = frame.evaluate(
                    "([told, facet, labels, ui]) => fetch(ui).then(one => one.json())"
                    ".then(one => ProjectClientFilter.withChoice(told, one.facets[facet], labels))",
                    [base, facet, labels, frame.evaluate(UI)],
                )
                wanted = ProjectFilter(**others, q="资阳").with_codes(facet, chosen)
                assert passing(said, codes).tolist() == wanted.mask(dataset.frame).tolist(), said


UI = """() => performance.getEntriesByType("resource").map((one) => one.name)
  .find((one) => one.endsWith("/ui.json"))"""


def test_words_that_the_map_does_not_know_change_nothing(held_page, dataset):
    page, frame, _ = held_page
    for detail in (
        {"facet": "sector", "words": ["火星"]},
        {"facet": "moon", "words": ["铁路与轨道"]},
    ):
        page.evaluate(
            "detail => document.dispatchEvent(new CustomEvent('page-chooses', { detail }))", detail
        )
    known = {"facet": "sector", "words": ["铁路与轨道"]}
    assert json.dumps(sorted(frame.evaluate(PROJECTS))) == json.dumps(sorted(located(dataset)))
    page.evaluate(
        "detail => document.dispatchEvent(new CustomEvent('page-chooses', { detail }))", known
    )
    wait_for_shown(frame, located(dataset, sector=("rail",)))
