"""The map as Folium objects: a base that never changes, and a small group that says what to show.

streamlit-folium remounts the map when the base's script changes, and changes the objects it is
given: so nothing variable goes into the base, and both are made anew at each rerun. It takes their
scripts from their templates; what Folium renders beside that, for a page of its own, it would throw
away, and compile it first: three quarters of what a map costs, so none of these does.
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
"""Leaflet's options: a tooltip is there at once instead of fading in."""

ZOOM: Final = {
    "minZoom": 7, "maxZoom": 15, "zoom_snap": 0.25, "zoom_delta": 0.5,
    "wheel_px_per_zoom_level": 100, "wheel_debounce_time": 30,
}  # fmt: skip
"""Zoom goes in quarter steps; a notch of the wheel is two or three of them. The most exact place is known to
100 m, which is 24 pixels at zoom 15: nearer there would be nothing more to see."""


class ComponentOnly:
    """An element that Folium renders nothing of into a page of its own."""

    def render(self, **_options: Any) -> str:
        """Return nothing."""
        return ""


class ProjectLayer(ComponentOnly, MacroElement):
    """A layer that fetches what it draws by URL, in the browser, once."""

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
    """An empty group whose script tells the map what to show; see `show` in map/static/map.js."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.layerGroup(); ProjectMap.show({{ this.state|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()
        # streamlit-folium looks for a variable of this name.
        self._name = "FeatureGroup"
        self.state = state


class OfflineMap(ComponentOnly, folium.Map):
    """A Folium map that loads nothing: its scripts and styles are in its frame's page (`frame`)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(tiles=None, **options)
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []


def base_map(static: str, data: str) -> folium.Map:
    """Return the base map; `static` and `data` are the URLs of the two asset folders."""
    # Any centre will do: the script fits the map to Ziyang before anything is drawn.
    made = OfflineMap(location=(30.1, 105.0), zoom_start=9, **ZOOM, **MAP_OPTIONS)
    urls = {
        "ui": f"{static}/{WORDS}",
        "backdrop": f"{data}/{BACKDROP}",
        "projects": f"{data}/{PROJECTS}",
    }
    ProjectLayer(urls).add_to(made)
    return made


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
    """Return the group for a rerun: which projects to show, and which is selected.

    `shown` is what `telling.told` says; `today` says that the marks tell what became of each
    project, and not how the plan places it. `counties` are those that the filter asks for, which the
    map frames, and `among` says that the panel shows a list, which a click on nothing closes.
    """
    ground = basemap_of(basemap)
    layers = [layer.as_leaflet() for layer in ground.layers]
    return ShowCommand(
        {
            "shown": shown,
            "project": project,
            "click": click,
            "language": language,
            "today": today,
            "counties": list(counties),
            "among": among,
            "basemap": {"code": basemap, "layers": layers, "datum": ground.datum},
        }
    )
