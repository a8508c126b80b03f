"""With thousands of projects the page does what it does with a hundred, in a real browser."""

import json
import re

import pytest
from playwright.sync_api import expect
from support.map_page import MARK, choose, frame_of, settled, wait_for_shown
from support.servers import serving
from support.shared_pages import SharedPages

from geo.checks import load
from geo.core.i18n import text
from geo.layer.codes import SINCE as STATES
from tools.bench.synthetic_layers import lone_site, write_layer

SINCE = {one.code: one for one in STATES}

COUNT = 1_300
"""More than the map draws one by one; few enough to be made for a test."""


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    return write_layer(tmp_path_factory.mktemp("crowd"), COUNT)


@pytest.fixture(scope="module")
def crowded(crowd, tmp_path_factory):
    log = tmp_path_factory.mktemp("crowded") / "server.log"
    with serving(log, PROJECT_MAP_HOME=str(crowd.root)) as address:
        yield address


@pytest.fixture(scope="module")
def dataset(crowd):
    return load(crowd)


@pytest.fixture(scope="module")
def shared_pages(browser, crowded, dataset):
    """Pages of the server with the large layer, which `visit` leads to their addresses."""
    pages = SharedPages(browser, crowded, dataset)
    yield pages
    pages.drop()


def located(dataset, keep):
    return [one.id for one in dataset.projects.values() if one.geometry is not None and keep(one)]


def test_all_are_on_the_map_and_a_filter_shows_what_it_leaves(visit, dataset):
    page = visit()
    frame = frame_of(page)
    frame.evaluate(MARK)
    wait_for_shown(frame, located(dataset, lambda _: True))
    choose(page, "sector", "水利")
    wait_for_shown(frame, located(dataset, lambda one: one.sector == "water"))
    water = sum(one.sector == "water" for one in dataset.projects.values())
    expect(page.locator(".st-key-count")).to_contain_text(f"{water:,} / {COUNT:,}")
    # None has an element of its own: thousands would make the page slow.
    assert frame.evaluate("() => document.querySelectorAll('#map_div *').length") < 400
    assert frame.evaluate("() => window.sameMap === true")


READ = "() => Object.values(map._layers).filter(l => l.feature && l._known && l._known.positions).length"


def test_the_first_view_reads_the_coordinates_only_of_the_lines_it_draws(visit, dataset):
    frame = frame_of(visit())
    wait_for_shown(frame, located(dataset, lambda _: True))
    frame.evaluate("() => window.shownNames().length")
    assert 0 < frame.evaluate(READ) < 100
    frame.evaluate("() => Object.values(map._layers).forEach(l => l.getLatLngs && l.getLatLngs())")
    assert frame.evaluate(READ) > COUNT / 2


def test_a_click_finds_a_site_among_thousands_and_never_one_that_is_filtered_out(visit, dataset):
    sector, site = lone_site(dataset)
    page = visit(f"?sector={sector}")
    frame = frame_of(page)
    name, at = site.id, site.geometry
    frame.evaluate(
        "([lat, lon]) => void map.setView([lat, lon], 15, {animate: false})", [at.y, at.x]
    )
    settled(page)
    # A sign is pressed where it is drawn, which is known once all labels are placed.
    frame.evaluate("() => window.shownNames().length")
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("article[data-project]")).to_have_attribute("data-project", name)
    assert json.loads(json.dumps(frame.evaluate("() => window.shownProjects()"))).count(name) == 1
    choose(page, "sector", "水利")
    page.locator(".st-key-chips a", has_text=text("zh", f"sector-{sector}")).click()
    frame.wait_for_function("name => !window.shownProjects().includes(name)", arg=name)
    expect(frame.locator(".pm-card")).to_have_count(0)


def test_the_list_comes_in_pages_that_hold_each_project_once(visit):
    page = visit("?view=list")
    rows = page.locator(".st-key-list tbody tr")
    rows.first.wait_for()
    settled(page)
    first = {one.get_attribute("data-ids") for one in rows.all()}
    page.locator(".pm-pages a", has_text=re.compile("^2$")).click()
    expect(page.locator(".pm-pages [aria-current=page]")).to_have_text("2")
    second = {one.get_attribute("data-ids") for one in rows.all()}
    assert first
    assert not first & second
    assert "page=2" in page.url


def test_the_map_of_today_tells_states_apart_among_thousands(visit, dataset):
    page = visit("?show=today")
    frame = frame_of(page)
    wait_for_shown(frame, located(dataset, lambda _: True))
    dressed = frame.evaluate(
        "() => Object.fromEntries(Object.values(map._layers).filter(l => l.feature)"
        ".map(l => [l.feature.properties.id, `${l.options.dashArray}`]))"
    )
    looks = {name: SINCE[own.code].look for name, own in dataset.since.items()}
    seen: dict[str, set[str]] = {}
    for name, dress in dressed.items():
        if dataset.projects[name].geometry.geom_type.endswith("LineString"):
            seen.setdefault(looks[name], set()).add(dress)
    assert set(seen) > {"open", "unknown"}
    # One look is one rhythm of line, and no two looks share it.
    assert all(len(rhythms) == 1 for rhythms in seen.values())
    assert len({min(rhythms) for rhythms in seen.values()}) == len(seen)
