"""The map as inline SVG for the page, before the live map has loaded, or without scripts.

It shows the same ground, lines, signs and counts as the live map does on arrival, in the same
frame: its view box is what the live map fits into its frame, so the two coincide at every window
size. Transverse Mercator (METRIC_CRS) and the live map's Web Mercator differ by less than two
pixels over the extent of a city.

Shapes are drawn once. Names are placed twice, for a wide and for a narrow map; the style sheet
shows one of the two. Colours are CSS custom properties, so that the map follows the theme, and
widths of strokes are in pixels, whatever the size of the map (`vector-effect` in the style sheet).
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import cos, log2, radians
from typing import Final

import shapely
from shapely.affinity import scale as scaled

from geo.core.i18n import Words
from geo.layer.base_layers import middle, window_at_start
from geo.layer.codes import COUNTIES, SINCE
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.layer.query import PageState
from geo.map.symbology import LINE_SYMBOLS, POINT_SYMBOLS, WEIGHT_BY_BAND, symbol_code
from geo.sheet import symbols
from geo.sheet.drawing import Drawing
from geo.sheet.frames import Bounds, Frame, Ground, Row, numbered, read_ground
from geo.sheet.screen_names import SCREEN, Names, link, rank_of
from geo.sheet.symbols import MM_PER_PIXEL, SIGN, STRONG, Stroke

WIDE: Final = (760.0, 700.0)
NARROW: Final = (342.0, 380.0)
"""Width and height in pixels of the frame's inside, on a usual screen and on a phone."""
BEYOND: Final = 1.9
"""How many times as wide and high as its view box the map is drawn, for frames of other shapes."""

BROAD: Final = 1.05
"""How much wider than high the ground must be to be shown above the legend."""

FEW: Final = 24
COUNTY_ZOOM_OFFSET: Final = 0.55
TOWN_ZOOM: Final = 13.0
MOST_LINES: Final = 60
"""The live map's levels of detail (map/static/level_of_detail.js): up to this many projects all are
drawn; how many zoom levels beyond the first view areas appear; from which zoom uncertainty is
drawn; the most lines of the first view."""
POINT_EXTENT: Final = 9000.0
UNCERTAIN_EXTENT: Final = 2.6
PAD: Final = 0.12
SAME_VIEW: Final = (-1.3, 0.6)
"""How the live map frames a selected project (map/static/viewport.js): the least extent of a point
in metres, its extent in multiples of the uncertainty, the margin as a share of the extent, and the
zoom levels around the wanted one at which it stays as it is."""
METRES_PER_PIXEL: Final = 156543.034
"""At zoom 0 on the equator (EPSG:3857)."""


@dataclass(frozen=True)
class View:
    """What the map shows: bounds in metres (METRIC_CRS), and the level of detail.

    `band` is "region", "county" or "town", as in the live map.
    """

    bounds: Bounds
    band: str

    @property
    def broad(self) -> bool:
        """Whether it is wider than high, so that the live map's legend has room below it."""
        west, south, east, north = self.bounds
        return east - west > BROAD * (north - south)

    def frame(self, size: tuple[float, float]) -> Frame:
        """Return the frame of a size in pixels that shows the bounds as large as possible."""
        west, south, east, north = self.bounds
        width, height = (pixels * MM_PER_PIXEL for pixels in size)
        metres_per_mm = max((east - west) / width, (north - south) / height)
        return Frame(((west + east) / 2, (south + north) / 2), width, height, metres_per_mm * 1000)


@lru_cache(maxsize=2)
def ground_of(dataset: Dataset) -> Ground:
    """Return a dataset projected to metres."""
    return read_ground(dataset)


Keep = Callable[[Hashable, Callable[[], str]], str]
"""Returns the text of a key, calling the function that makes it if it is not known."""


def screen_map(
    dataset: Dataset,
    shown: Sequence[str],
    state: PageState,
    words: Words,
    keep: Keep = lambda _, make: make(),
) -> str:
    """Return the map of the projects with these ids as an SVG element.

    `state` says which project is selected and which counties are framed. Links lead to projects and
    lists; they have the attribute data-merge, like those of the page, and the query of the page is
    merged into them (`geo.web.first_view`). `keep` may keep the names, which take the most time and
    are the same whichever project is selected.
    """
    ground = ground_of(dataset)
    rows = numbered(dataset.projects[name] for name in shown)
    view = view_of(ground, rows, state)
    drawn = _drawn(rows, view)
    wide = view.frame(WIDE)
    canvas = Frame(wide.middle, wide.width * BEYOND, wide.height * BEYOND, wide.scale)
    selected = next((row for row in rows if row.project.id == state.project), None)
    drawing = ScreenDrawing(
        canvas,
        ground,
        tuple(row.project for row in drawn),
        WEIGHT_BY_BAND[view.band],
        bands=view.band == "town",
        medium=SCREEN,
        selected=selected.project if selected else None,
        today=_looks_today(dataset) if state.today else {},
        name=words.name,
    )

    def names() -> str:
        sizes = ((WIDE, "wide"), (NARROW, "narrow"))
        return "".join(
            _placed(
                Names(view.frame(size), ground, words, drawn, rows, view.band, drawing.look),
                canvas,
                name,
            )
            for size, name in sizes
        )

    key = (tuple(shown), view, state.today, words.language)
    parts = [*drawing.shapes(), keep(key, names)]
    left, top, right, bottom = canvas.paper(shapely.box(*view.bounds)).bounds
    box = f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"
    return (
        f'<svg class="pm-picture{" pm-broad" if view.broad else ""}" viewBox="{box}" '
        'preserveAspectRatio="xMidYMid" aria-hidden="true">' + "".join(parts) + "</svg>"
    )


def _placed(names: "Names", canvas: Frame, name: str) -> str:
    """Return the names of one size as a group in the coordinates of the canvas."""
    frame = names.frame
    factor = frame.scale / canvas.scale
    left, top = canvas.at((frame.bounds[0], frame.bounds[3]))
    placing = f'transform="translate({left:.2f} {top:.2f}) scale({factor:.4f})"'
    return f'<g class="pm-names-{name}" {placing}>{"".join(names.svg())}</g>'


def view_of(ground: Ground, rows: Sequence[Row], state: PageState) -> View:
    """Return the view in which the live map arrives: all of Ziyang, counties or a project."""
    home = ground.home.bounds
    codes = [code for code in state.filter.county if code in COUNTIES]
    if codes:
        counties = shapely.union_all(ground.counties.geometry.loc[codes].to_list())
        base = counties.bounds
    else:
        base = home
    selected = next((row.project for row in rows if row.project.id == state.project), None)
    bounds = base
    if selected is not None and selected.id in ground.shapes:
        bounds = _project_bounds(ground, selected, base)
    mapped = sum(row.project.mapped for row in rows)
    zoom, home_zoom = _zoom(bounds), _zoom(home)
    if zoom >= TOWN_ZOOM:
        return View(bounds, "town")
    near = mapped <= FEW or zoom >= home_zoom + COUNTY_ZOOM_OFFSET
    return View(bounds, "county" if near else "region")


def _project_bounds(ground: Ground, project: Project, base: Bounds) -> Bounds:
    """Return the bounds in which the live map shows a selected project, starting from `base`."""
    home = shapely.box(*ground.home.bounds)
    shape = ground.shape(project)
    if project.scope == "wide":
        return base
    target = shapely.box(*shape.bounds)
    if isinstance(shape, shapely.Point):
        extent = max(POINT_EXTENT, UNCERTAIN_EXTENT * (project.uncertainty_m or 0)) / 2
        target = shapely.box(shape.x - extent, shape.y - extent, shape.x + extent, shape.y + extent)
    visible = target.intersection(home) if project.counties else shapely.Polygon()
    if visible.is_empty:
        return _bounds(shapely.union_all([home, target]))
    nearby = _bounds(scaled(shapely.box(*visible.bounds), 1 + 2 * PAD, 1 + 2 * PAD))
    wanted = min(_zoom(nearby), TOWN_ZOOM)
    least, most = (wanted + step for step in SAME_VIEW)
    if shapely.box(*base).covers(visible) and least <= _zoom(base) <= most:
        return base
    if wanted <= _zoom(ground.home.bounds) + 0.15:
        return _bounds(home)
    # The closest view is no closer than this zoom, however small the project.
    factor = max(1.0, 2 ** (_zoom(nearby) - TOWN_ZOOM))
    return _bounds(scaled(shapely.box(*nearby), factor, factor))


def _bounds(shape: shapely.Geometry) -> Bounds:
    west, south, east, north = shape.bounds
    return west, south, east, north


LATITUDE: Final = middle(window_at_start())[1]
"""Of the middle of the place, in degrees, for zoom levels."""


def _zoom(bounds: Bounds) -> float:
    """Return the live map's zoom level that fits the bounds into the wide frame."""
    west, south, east, north = bounds
    metres = max((east - west) / WIDE[0], (north - south) / WIDE[1], 1e-6)
    return log2(METRES_PER_PIXEL * cos(radians(LATITUDE)) / metres)


REGIONAL: Final = {symbol.code for symbol in (*LINE_SYMBOLS, *POINT_SYMBOLS) if symbol.region}


def _drawn(rows: Sequence[Row], view: View) -> list[Row]:
    """Return the rows that are drawn at the view's level of detail; the others are counted."""
    found = []
    for row in rows:
        project = row.project
        if project.geometry is None or project.scope is not None:
            continue
        code = symbol_code(project)
        if view.band != "region" or (code is not None and code in REGIONAL):
            found.append(row)
    if view.band == "region":
        ranked = sorted(found, key=lambda row: (rank_of(row), row.number))
        kept = {row.number for row in ranked[:MOST_LINES]}
        found = [row for row in found if row.number in kept]
    return found


def _looks_today(dataset: Dataset) -> dict[str, str]:
    """Return for each project the symbol of its current state."""
    looks = {since.code: since.look for since in SINCE}
    return {name: looks[now.code] for name, now in dataset.since.items()}


HALO: Final = Stroke(symbols.GROUND.accent, 13 * MM_PER_PIXEL, cap="round", opacity=0.34)
RING: Final = 4.5 * MM_PER_PIXEL
"""How much wider than the sign of the selected project its ring is, in mm."""
COURSE: Final = "pm-line-"
"""The beginning of the ids of lines."""


@dataclass(frozen=True)
class ScreenDrawing(Drawing):
    """The drawing with links: a line or an area leads to its project."""

    selected: Project | None = None
    today: dict[str, str] = field(default_factory=dict)
    name: Callable[[Project], str] = str

    def look(self, project: Project) -> symbols.Look:
        """Return the look of a project, as planned or as it is today."""
        planned = symbols.look_of(project)
        return replace(planned, today=self.today.get(project.id, ""))

    def _chosen(self) -> Iterator[str]:
        """Yield the selected project's halo and uncertainty."""
        project = self.selected
        if project is None or project.geometry is None or project.scope is not None:
            return
        shape = self.ground.shape(project)
        hue = symbols.hue_of(project.sector)
        if project.precision == "approximate" and project.uncertainty_m:
            zone = self._cut(shape.buffer(project.uncertainty_m))
            yield symbols.fill_path(zone, hue, STRONG.disc, self.medium)
            yield symbols.stroke_path(zone, symbols.dotted_stroke(hue, STRONG), self.medium)
        if shape.area > 0:
            area = self._cut(symbols.round_corners(shape.simplify(self.frame.metres_per_mm)))
            yield symbols.fill_path(area, hue, STRONG.fill, self.medium)
            yield symbols.stroke_path(area, symbols.dotted_stroke(hue, STRONG), self.medium)
        elif shape.length > 0:
            yield symbols.stroke_path(self._course(shape), HALO, self.medium)
        else:
            # As wide as a wide map draws the sign; on a narrow one it is larger than the sign.
            ring = self.frame.paper(shape).buffer(SIGN / 2 + RING)
            yield symbols.fill_path(ring, symbols.GROUND.accent, 0.4, self.medium)

    def neighbours(self) -> list[shapely.Geometry]:
        """Return the borders of the counties around Ziyang, each once."""
        return [self.ground.other_borders]

    def _lines(self) -> Iterator[str]:
        courses = "".join(
            f'<path id="{COURSE}{project.id}" vector-effect="non-scaling-stroke" d="{course}"/>'
            for project in self._shown("line")
            if (course := symbols.path_data(self._course(self.ground.shape(project)), SCREEN))
        )
        yield f"<defs>{courses}</defs>"
        yield from super()._lines()

    def _draw(self, project: Project, strokes: Sequence[Stroke]) -> Iterator[str]:
        """Yield a line as a link. Its course is written once, however many strokes it has."""
        course = f'<use href="#{COURSE}{project.id}"'
        drawn = [f"{course} {symbols.stroke_attributes(stroke, SCREEN)}/>" for stroke in strokes]
        hit = f'{course} class="pm-hit"/>'
        yield link(f"?project={project.id}", "".join([*drawn, hit]), self.name(project))
