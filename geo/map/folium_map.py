"""The map as Folium objects: a base map that never changes, and a group with the map's state.

streamlit-folium remounts the map whenever the base map's script changes, so nothing variable goes
into the base map. It also mutates the objects it is given, so both are created anew at each rerun.

streamlit-folium uses only the scripts in the objects' templates. Folium would also render a
complete HTML page, which streamlit-folium discards. That takes three quarters of the time to make a
map, so these classes skip it (`ComponentOnly`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import folium
import folium.plugins
from branca.element import MacroElement
from jinja2 import Template

from geo.map.basemaps import basemap as basemap_of
from geo.map.client_data import BACKDROP, PROJECTS, WORDS

MAP_OPTIONS: Final = {"fade_animation": False}
"""Options for Leaflet. Without the fade animation a tooltip appears at once."""

ZOOM: Final = {
    "minZoom": 7, "maxZoom": 15, "zoom_snap": 0.25, "zoom_delta": 0.5,
    "wheel_px_per_zoom_level": 100, "wheel_debounce_time": 30,
}  # fmt: skip
"""Zoom levels snap to quarter steps; a notch of the mouse wheel is two or three of them. The most
precise location is known to 100 m, which is 24 pixels at zoom 15, so a closer view would show no
more detail."""


class ComponentOnly:
    """Mixin for elements that Folium need not render into a standalone page."""

    def render(self, **_options: Any) -> str:
        """Return nothing."""
        return ""


class ProjectLayer(ComponentOnly, MacroElement):
    """The project layer. Its script fetches its data in the browser, once."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "ProjectMap.create({{ this._parent.get_name() }}, {{ this.urls|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, urls: dict[str, str]) -> None:
        super().__init__()
        self._name = "ProjectLayer"
        self.urls = urls


class ShowCommand(ComponentOnly, folium.FeatureGroup):
    """An empty group whose script calls `ProjectMap.show` (map/static/map.js) with the state."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.layerGroup(); ProjectMap.show({{ this.state|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()
        # streamlit-folium looks for a variable with this prefix.
        self._name = "FeatureGroup"
        self.state = state


class OfflineMap(ComponentOnly, folium.Map):
    """A Folium map that loads no scripts or styles.

    The HTML page of the map's iframe has them already (`geo.web.streamlit_pages.MapFrame`).
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(tiles=None, **options)
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []


def base_map(static: str, data: str) -> folium.Map:
    """Return the base map; `static` and `data` are the URLs of the two asset folders."""
    # Any centre (lat, lon) will do: the script fits the map to Ziyang before drawing anything.
    base = OfflineMap(location=(30.1, 105.0), zoom_start=9, **ZOOM, **MAP_OPTIONS)
    urls = {
        "ui": f"{static}/{WORDS}",
        "backdrop": f"{data}/{BACKDROP}",
        "projects": f"{data}/{PROJECTS}",
    }
    ProjectLayer(urls).add_to(base)
    return base


def show_command(
    shown: str | Mapping[str, Any],
    *,
    project: str | None,
    click: int,
    language: str,
    basemap: str,
    today: bool,
    counties: Sequence[str] = (),
    among: bool = False,
) -> ShowCommand:
    """Return the group for a rerun, with the state the map should show.

    `shown` is the filter as `client_data.encode_filter` returns it, `project` the id of the
    selected project, and `click` the number of the last click the page received from the map.
    `today` makes the symbols show what became of each project instead of the plan. `counties` are
    the counties in the filter, which the map zooms to. `among` means that the panel shows a list,
    which a click on an empty spot closes.
    """
    tiles = basemap_of(basemap)
    layers = [layer.as_leaflet() for layer in tiles.layers]
    return ShowCommand(
        {
            "shown": shown,
            "project": project,
            "click": click,
            "language": language,
            "today": today,
            "counties": list(counties),
            "among": among,
            "basemap": {"code": basemap, "layers": layers, "datum": tiles.datum},
        }
    )
