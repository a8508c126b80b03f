"""What a visit does in the app alone: search, choose rows of the list and phrases of the text."""

import json
from typing import Final

from playwright.sync_api import Locator

from geo.core.home import find_home
from geo.layer.filters import ProjectFilter
from geo.layer.query import SORTS
from geo.views.list_view import listing
from tools.bench.synthetic_layers import load_once
from tools.bench.visit import Visit

LETTERS: Final = ("k", "ke")
"""A search as it is typed; each finds fewer projects than the one before, and all fit on one page."""

READ: Final = 2
"""The number of rows, and of marked phrases, that are chosen in a visit."""

PROJECTS: Final = "() => document.querySelectorAll('.st-key-list tbody tr').length > 0"


def read_list(visit: Visit, address: str) -> None:
    """Search, and choose rows of the list; measure the time of each."""
    dataset = load_once(str(find_home().root))
    page = visit.page
    page.goto(f"{address}/?view=list", wait_until="commit")
    page.wait_for_function(PROJECTS)
    visit.traffic.settle(page)
    page.locator(".st-key-q input").click()
    for letters in LETTERS:
        visit.traffic.settle(page)
        # The list has several pages; compare with the first.
        left = listing(ProjectFilter(q=letters).apply(dataset.frame), SORTS[0], "zh", 1).ids
        page.evaluate(f"() => bench.watch('listed', () => bench.lists({json.dumps(list(left))}))")
        page.keyboard.press(letters[-1])
        visit.samples["search"].append(visit.since_press("listed"))
    rows = page.locator(".st-key-list tbody tr[data-ids]")
    for at in range(READ):
        _choose(visit, rows.nth(at).locator("a"), "row")


def read_text(visit: Visit, address: str) -> None:
    """Choose phrases that name a single project in the text; measure the time of each."""
    page = visit.page
    page.goto(f"{address}/?view=document", wait_until="commit")
    phrases = page.locator(".pm-mark[data-first]:not([data-ids*=' '])")
    phrases.first.wait_for()
    visit.traffic.settle(page)
    for at in range(READ):
        _choose(visit, phrases.nth(at), "text")


def _choose(visit: Visit, link: Locator, measure: str) -> None:
    """Click a link to a project; wait until the map has selected it and the panel shows it."""
    page = visit.page
    visit.traffic.settle(page)
    link.scroll_into_view_if_needed()
    ids = link.evaluate("node => node.closest('[data-ids]').dataset.ids")
    visit.traffic.settle(page)
    page.evaluate(f"() => bench.watch('chosen', () => bench.selects({json.dumps(ids)}))")
    link.click()
    visit.samples[measure].append(visit.since_press("chosen"))
