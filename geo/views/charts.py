"""Bar charts (Altair) and small maps (SVG), drawn without a map library."""

import base64
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Any, Final

import altair as alt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.layer.codes import COUNTIES, FAMILIES, SECTOR, SECTORS
from geo.layer.counts import Crosstab
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.views import render

SELECTION: Final = "bar"
"""The name of the chart's selection, which holds the chosen bar: [{"sector": …, "code": …}]."""

INK: Final = {"light": "#23272e", "dark": "#e9e6df"}
"""The colour of the numbers beside the bars: the page's text colour (.streamlit/config.toml)."""

ROW_HEIGHT: Final = 22
HEAD_HEIGHT: Final = 12
LINE_HEIGHT: Final = 14
"""In pixels: a row, the margin above the columns' labels, and a line of these."""

LABEL_WIDTH: Final = 13
"""The characters in a line of a column's label. A longer label would run into the next column."""

LONGEST_BAR: Final = 0.74
"""The longest bar, as a fraction of the column's width; the rest is for the number beside it."""


def bars(counted: Crosstab, label: Callable[[str, str], str], theme: str, font: str = "") -> Any:
    """Return the bar chart of a crosstab, with a row per sector and a column per code of the facet.

    `label` returns the label of ("sector", code) or (facet, code); `theme` is "light" or "dark";
    `font` is a CSS font family, by default that of the page.
    All columns have the same scale, so any two bars can be compared.
    """
    hues = {family.code: family.dark if theme == "dark" else family.light for family in FAMILIES}
    families = {sector.code: sector.family for sector in SECTORS}
    most = max(counted.most, 1)
    rows = [
        {
            "sector": sector,
            "code": code,
            "name": label("sector", sector),
            "column": label(counted.facet, code),
            "count": count,
            "from": at,
            "to": at + LONGEST_BAR * count / most,
            "family": families[sector],
        }
        for sector, counts, _ in counted.rows
        for at, (code, count) in enumerate(zip(counted.columns, counts, strict=True))
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y(
            "name:N",
            title=None,
            sort=None,
            axis=alt.Axis(ticks=False, domain=False, labelOverlap=False, labelLimit=200),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=label("list", "sector")),
            alt.Tooltip("column:N", title=label("facet", counted.facet)),
            alt.Tooltip("count:Q", title=label("summary", "total")),
        ],
    )
    chosen = alt.selection_point(name=SELECTION, fields=["sector", "code"], toggle=False)
    drawn = (
        base.transform_filter("datum.count > 0")
        .mark_bar(height=13, cornerRadiusEnd=2, cursor="pointer")
        .encode(
            x=_columns(counted, label),
            x2="to:Q",
            color=alt.Color(
                "family:N",
                legend=None,
                scale=alt.Scale(domain=list(hues), range=list(hues.values())),
            ),
        )
        .add_params(chosen)
    )
    numbers = (
        base.transform_filter("datum.count > 0")
        .mark_text(align="left", dx=4, fontSize=12, color=INK[theme])
        .encode(x="to:Q", text="count:Q")
    )
    lines = max((len(_lines(label(counted.facet, code))) for code in counted.columns), default=1)
    # The height includes the labels above the columns.
    height = HEAD_HEIGHT + LINE_HEIGHT * lines + ROW_HEIGHT * len(counted.rows)
    chart = alt.layer(drawn, numbers).properties(height=height)
    # A canvas does not know the custom property that holds the typefaces of the page.
    return chart.configure(font=font) if font else chart


def _columns(counted: Crosstab, label: Callable[[str, str], str]) -> alt.X:
    """Return the x axis: one unit per column, with the column's label at its start."""
    names: Mapping[str, Any] = {
        str(at): _lines(label(counted.facet, code)) for at, code in enumerate(counted.columns)
    }
    label_expr = " : ".join(f"datum.value == {at} ? {name!r}" for at, name in names.items())
    return alt.X(
        "from:Q",
        title=None,
        scale=alt.Scale(domain=[0, len(names)], nice=False),
        axis=alt.Axis(
            values=list(range(len(names))),
            labelExpr=f"{label_expr} : ''",
            labelAlign="left",
            labelFlush=False,
            labelOverlap=False,
            labelLimit=0,
            labelLineHeight=LINE_HEIGHT,
            orient="top",
            domain=False,
            ticks=False,
            grid=True,
        ),
    )


def _lines(label: str) -> list[str]:
    return textwrap.wrap(label, LABEL_WIDTH, break_long_words=False)


def chosen_bar(selection: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the (sector, code) of the bar chosen in a chart, or None."""
    chosen = selection.get(SELECTION) or []
    return (chosen[0]["sector"], chosen[0]["code"]) if chosen else None


WIDTH: Final = 360
"""The width of a small map, in SVG units."""

MARGIN: Final = 0.12
"""The margin on each side, as a fraction of the extent of Ziyang: some projects reach beyond it."""

FINEST: Final = 1.0
"""The tolerance for simplifying lines, in SVG units."""

MAP_COLOURS: Final = {
    False: {"paper": "#f6f3ec", "land": "#fffefb", "ink": "#a9a79f", "wash": "#f8e9d8"},
    True: {"paper": "#14171c", "land": "#1d2229", "ink": "#565b63", "wash": "#4a3a26"},
}
"""The background colours of a small map; the key says whether the theme is dark."""


@dataclass(frozen=True)
class MapShape:
    """A shape of a small map.

    `kind` is "ground", "line", "area" or "point"; `family` is the sector's family; `name` is the id
    of the project or the code of the county; `path` is an SVG path.
    """

    kind: str
    family: str
    precision: str
    name: str
    path: str


@dataclass(frozen=True)
class MapFrame:
    """The projection of a small map, from lon, lat (EPSG:4326) to SVG units.

    It is equirectangular: degrees of longitude are multiplied by `squeeze`, the cosine of the
    middle latitude, so that shapes at Ziyang are not distorted. `per_degree` is the SVG units per
    degree of latitude.
    """

    west: float
    north: float
    per_degree: float
    squeeze: float
    height: float

    def place(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape projected to SVG units, clipped to the map and simplified."""
        projected = shapely.transform(
            shape,
            lambda at: (
                (at - (self.west, self.north)) * (self.per_degree * self.squeeze, -self.per_degree)
            ),
        )
        clipped = shapely.clip_by_rect(shapely.make_valid(projected), 0, 0, WIDTH, self.height)
        return shapely.simplify(clipped, FINEST)


@lru_cache(maxsize=2)
def frame_of(dataset: Dataset) -> MapFrame:
    """Return the projection that fits Ziyang with a margin."""
    west, south, east, north = dataset.counties.loc[list(COUNTIES)].total_bounds
    across, down = (east - west) * MARGIN, (north - south) * MARGIN
    west, south, east, north = west - across, south - down, east + across, north + down
    squeeze = cos(radians((south + north) / 2))
    per_degree = WIDTH / ((east - west) * squeeze)
    return MapFrame(west, north, per_degree, squeeze, round((north - south) * per_degree))


def small_map(dataset: Dataset, ids: Iterable[str], own: str, *, dark: bool) -> str:
    """Return a map of some projects as a base64 SVG; `own` is the county to tint, or ""."""
    drawing = render(
        "small_map",
        width=WIDTH,
        height=frame_of(dataset).height,
        ground=county_shapes(dataset),
        drawn=list(project_shapes(dataset, ids)),
        own=own,
        families=FAMILIES,
        dark=dark,
        **MAP_COLOURS[dark],
    )
    return base64.b64encode(drawing.encode()).decode("ascii")


@lru_cache(maxsize=2)
def county_shapes(dataset: Dataset) -> tuple[MapShape, ...]:
    """Return the shapes of the counties of Ziyang; none if the lines of districts are not drawn."""
    if not dataset.district_lines:
        return ()
    frame = frame_of(dataset)
    shapes = dataset.counties.loc[list(COUNTIES)].geometry
    return tuple(
        MapShape("ground", "", "", code, path)
        for code, shape in shapes.items()
        for path in _paths(frame.place(shape))
    )


def project_shapes(dataset: Dataset, ids: Iterable[str]) -> Iterator[MapShape]:
    """Yield the shapes of projects, areas first.

    Projects mapped as whole counties are left out, because the background shows those outlines.
    """
    projects = [dataset.projects[project_id] for project_id in ids]
    for project in sorted(projects, key=_order):
        if project.geometry is None or project.scope is not None:
            continue
        family = SECTOR[project.sector].family
        for path in _paths(frame_of(dataset).place(project.geometry)):
            yield MapShape(_kind(project), family, project.precision, project.id, path)


def _order(project: Project) -> int:
    return ("area", "line", "point").index(_kind(project))


def _kind(project: Project) -> str:
    kind = project.geometry.geom_type if project.geometry is not None else "Point"
    if "Point" in kind:
        return "point"
    return "area" if "Polygon" in kind else "line"


def _paths(shape: BaseGeometry) -> Iterator[str]:
    """Yield the SVG path of a shape; a point is a zero-length line, visible by its round caps."""
    parts = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = [part.exterior, *part.interiors]
            parts += [_line(ring) + "Z" for ring in rings if not ring.is_empty]
        elif part.geom_type == "GeometryCollection":
            parts += list(_paths(part))
        elif not part.is_empty:
            parts.append(_line(part) + ("h0" if part.geom_type == "Point" else ""))
    if parts:
        yield "".join(parts)


def _line(shape: BaseGeometry) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in shapely.get_coordinates(shape))
