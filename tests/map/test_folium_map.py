"""The map as Folium objects: constant, offline, and told in a few bytes what to show."""

import re

import pytest
from streamlit_folium import _get_header, generate_js_hash, generate_leaflet_string

from geo.layer.query import BASEMAP_CODES
from geo.map.basemaps import available, basemap
from geo.map.client_data import ALL
from geo.map.folium_map import base_map, show_command
from geo.views.assets import static_assets


def script(**changes):
    asked = {
        "project": None, "click": 0, "language": "zh", "basemap": "none", "today": False,
    } | changes  # fmt: skip
    group = show_command(asked.pop("shown", ALL), **asked)
    group.add_to(base_map("s", "d"))
    return generate_leaflet_string(group, base_id="feature_group_0")


def identity():
    return generate_js_hash(generate_leaflet_string(base_map("../s", "../d")), "map")


def test_the_base_map_is_the_same_at_every_rerun():
    assert identity() == identity()


def test_the_base_map_names_no_other_machine_and_loads_nothing_itself():
    made = base_map("../../assets/x", "../../data/y")
    made.render()
    page = made.get_root().render()
    assert made.default_js + made.default_css == []
    assert not re.search(r"https?://(?!www\.w3\.org)", generate_leaflet_string(made))
    assert not re.search(r"<(script|link)[^>]+(src|href)=", page)


def test_the_map_keeps_the_reader_free_to_zoom_the_page_and_sends_no_header_of_folium():
    made = base_map("../s", "../d")
    header = _get_header(made) if made.get_root().render() else ""
    assert "user-scalable" not in header
    assert "<style" not in header


def test_everything_shown_is_said_in_one_word():
    assert '"shown": "all"' in script()


def test_the_map_of_today_is_told_in_the_state_and_not_in_the_base():
    assert '"today": true' in script(today=True)
    assert '"today": false' in script()
    assert "today" not in base_map("../../assets/x", "../../data/y").get_root().render()


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "'\"\\ {{ 7*7 }}"])
def test_a_hostile_value_cannot_leave_the_script(hostile):
    made = script(project=hostile)
    assert "</script>" not in made
    assert "49" not in made


def test_no_tile_is_asked_for_until_a_basemap_is_chosen(monkeypatch):
    monkeypatch.delenv("TIANDITU_KEY", raising=False)
    assert basemap("none").layers == ()
    assert not [code for code in available() if code.startswith("tianditu")]
    assert "http" not in script()
    assert "tile.openstreetmap.org" in script(basemap="osm")


def test_tianditu_is_offered_with_a_key_which_its_tiles_carry(monkeypatch):
    monkeypatch.setenv("TIANDITU_KEY", "0123456789abcdef")
    for code in ("tianditu", "tianditu_imagery"):
        assert code in available()
        assert all("tk=0123456789abcdef" in layer.url for layer in basemap(code).layers)
        # The second layer holds the names.
        assert len(basemap(code).layers) == 2


@pytest.mark.parametrize("code", BASEMAP_CODES[1:])
def test_each_basemap_is_credited_and_chinese_ones_by_their_map_approval(code):
    for layer in basemap(code).layers:
        assert "©" in layer.attribution
        assert ("GS(" in layer.attribution) == (code != "osm")
    assert basemap(code).datum == ("GCJ02" if code == "amap" else "WGS84")


def test_the_map_scripts_are_served_from_the_package_leaflet():
    assert b"1.9.3" in static_assets()["leaflet.js"].body[:400]
