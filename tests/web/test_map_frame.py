"""The map's frame: all it needs is named in its page, in the order it needs it, and nothing else."""

import re
import shutil
import urllib.request
from urllib.error import HTTPError

import pytest

from geo.map.client_data import WORDS
from geo.views.assets import static_assets, static_folder
from geo.web.streamlit_pages import (
    COMPONENT,
    DATA,
    FRAME_ROUTE,
    SCRIPTS,
    STYLES,
    MapFrame,
    component_build,
)


@pytest.fixture(scope="module")
def frame():
    return MapFrame(component_build())


def addresses(page):
    return re.findall(r'(?:src|href)="([^"]+)"', page)


def test_what_the_map_needs_is_named_and_served(frame):
    page = frame.index_page("edition").body.decode()
    ours = [f"../../assets/{static_folder()}/{name}" for name in (*SCRIPTS, *STYLES, WORDS)]
    assert {one.rpartition("/")[2] for one in ours} <= set(static_assets())
    named = [*ours, *(f"../../data/edition/{name}" for name in DATA)]
    assert set(named) <= set(addresses(page))
    theirs = set(addresses(page)) - set(named)
    assert {one.removeprefix("./") for one in theirs} <= set(frame.files)


def test_leaflet_and_the_maps_script_come_before_the_script_that_makes_the_map(frame):
    scripts = re.findall(r'<script defer[^>]* src="([^"]+)"', frame.index_page("").body.decode())
    assert [one.rpartition("/")[2] for one in scripts[:-1]] == list(SCRIPTS)
    assert scripts[-1].removeprefix("./") in frame.scripts


def test_nothing_is_added_to_the_head_that_would_load_again_when_the_component_writes_it_anew(
    frame,
):
    head = frame.index_page("edition").body.decode().partition("</head>")[0]
    assert "<link" not in head


def test_without_a_good_edition_no_data_is_named(frame):
    assert "/data/" not in frame.index_page("").body.decode()


@pytest.mark.parametrize("gone", ["<script", "<body>"])
def test_a_page_of_the_component_that_cannot_be_added_to_is_noticed(tmp_path, gone):
    shutil.copytree(component_build(), tmp_path / "build")
    page = tmp_path / "build" / "index.html"
    page.write_text(page.read_text().replace(gone, "<div"))
    with pytest.raises(ImportError, match=r"index\.html has no"):
        MapFrame(tmp_path / "build")


def fetched(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read(), answer.headers


def test_the_server_answers_for_the_component_with_this_page(app):
    body, headers = fetched(f"{app}/component/{COMPONENT}/index.html")
    assert b"leaflet.js" in body
    assert headers["Cache-Control"] == "no-cache"
    own, _ = fetched(f"{app}/{FRAME_ROUTE}/index.html")
    assert own == body


def test_the_components_script_is_kept_for_ever_under_its_hashed_name_and_nothing_else_is(
    app, frame
):
    _, headers = fetched(f"{app}/component/{COMPONENT}/{frame.scripts[0]}")
    assert "immutable" in headers["Cache-Control"]
    _, headers = fetched(f"{app}/component/{COMPONENT}/bootstrap.min.css")
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.js", "../../__init__.py", "%2e%2e/%2e%2e/__init__.py"])
def test_no_other_file_of_the_package_is_given_out(app, name):
    with pytest.raises(HTTPError, match=r"40[04]"):
        fetched(f"{app}/{FRAME_ROUTE}/{name}")
