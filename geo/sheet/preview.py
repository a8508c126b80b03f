"""The preview image of a link: a project on the map, or the projects that match a filter, as PNG.

Sites that show links (messengers, forums, search engines) fetch it as `og:image`.
"""

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import shapely
import typst
from PIL import Image

from geo.core.i18n import Words, text
from geo.core.publication import approval
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from geo.layer.projects import Project
from geo.map.symbology import WEIGHT_BY_BAND
from geo.sheet import symbols
from geo.sheet.composition import filter_words, fonts, pages
from geo.sheet.drawing import MAIN, Drawing, Layout, as_place, point_symbols
from geo.sheet.frames import NEAR, TOWN, Bounds, Frame, Ground, Place, numbered, read_ground
from geo.sheet.label_placement import Box, Label
from geo.sheet.labels import DOT, name_counties, name_lines, name_places, name_rivers
from geo.sheet.maps import FEW
from geo.sheet.symbols import STRONG, Stroke

WIDTH, HEIGHT = 1200, 630
"""The size in pixels that sites recommend for `og:image`."""
PIXELS_PER_MM: Final = 9.0
"""A pixel of the live map is 0.2 mm on a sheet, and here 1.8 pixels: the picture is often shown at
half its size."""
MM_PER_INCH: Final = 25.4
COLOURS: Final = 256
PAGE: Final = (WIDTH / PIXELS_PER_MM, HEIGHT / PIXELS_PER_MM)
MAP_SIZE: Final = (82.0, PAGE[1])
"""Width and height of the map in mm; the words have the rest of the page."""
MARGIN: Final = 4.0
"""Millimetres between the subject of the map and its edge."""
TEMPLATE: Final = Path(__file__).resolve().parent / "preview.typ"

NEAREST_KM: Final = 26.0
"""Least width and height in km of the ground that is shown, so that it has a town that people know."""
QUALIFIED: Final = re.compile(r"[(（,，]")
"""Characters that begin an addition to the name of a place."""
SHORT_NAME: Final = 2
"""Number of characters of a place's name that stay on one line; most names have two."""
WORD_JOINER: Final = "\u2060"
BEYOND_KM: Final = 12.0
"""How far in km beyond the place's own counties a long line is followed."""


def project_preview(dataset: Dataset, project: Project, language: str) -> bytes:
    """Return the preview image of a project, 1200 × 630 pixels, with its texts in "zh" or "en"."""
    return _png(compose_project(dataset, project, language))


def selection_preview(dataset: Dataset, chosen: ProjectFilter, language: str) -> bytes:
    """Return the preview image of the projects that match a filter, likewise."""
    return _png(compose_selection(dataset, chosen, language))


def compose_project(dataset: Dataset, project: Project, language: str) -> dict[str, Any]:
    """Return the content of the image of a project: its name, what is known of it, and its place."""
    words = Words(language)
    ground = read_ground(dataset, near=True)
    frame = fitted_frame(subject_bounds(ground, project))
    layout = Layout(frame, ground, language, numbered([project]), MAIN)
    locator = _locator(layout)
    layout.taken += [box for _, box in layout.points()]
    name_lines(layout)
    name_counties(layout, own=True)
    name_places(layout, range(NEAR))
    name_rivers(layout)
    if locator is not None:
        places = tuple(place for place in ground.places if _is_town_nearby(place, ground))
        layout.ground = replace(ground, places=places)
        name_places(layout, (NEAR,))
    _drop_covered_dots(layout)
    drawing = Drawing(
        frame, ground, (project,), WEIGHT_BY_BAND["county"],
        bands=True, whole=True, emphasis=STRONG,
    )  # fmt: skip
    adopted = dataset.document.about["adopted"]
    facts = [
        (words("detail-stage", date=adopted), words.label("stage", project.stage)),
        (words("detail-precision"), _place(project, words)),
    ]
    return _content(language) | {
        "hue": symbols.hue_of(project.sector),
        "kicker": _kicker(project.sector, words),
        "heading": unbroken(project.name(language), ground),
        "facts": [{"label": label, "value": value} for label, value in facts],
        "note": "" if project.mapped else words(project.place_note),
        "title": words("title"),
        "map": _map(layout, drawing, locator),
    }


def compose_selection(dataset: Dataset, chosen: ProjectFilter, language: str) -> dict[str, Any]:
    """Return the content of the image of a filter: how many projects match, and where they are."""
    words = Words(language)
    ground = read_ground(dataset)
    rows = numbered(dataset.projects[name] for name in chosen.apply(dataset.frame).index)
    frame = fitted_frame(ground.home.bounds)
    layout = Layout(frame, ground, language, rows, MAIN)
    layout.taken += [box for _, box in layout.points()]
    name_counties(layout, own=True, below_lines=True)
    name_lines(layout)
    name_places(layout, range(NEAR))
    _drop_covered_dots(layout)
    projects = tuple(row.project for row in rows)
    if sum(project.geometry is not None for project in projects) > FEW:
        # As at the first view of the live map; so many areas would only darken the ground.
        projects = tuple(one for one in projects if one.geometry is None or not one.geometry.area)
    drawing = Drawing(frame, ground, projects, WEIGHT_BY_BAND["region"], bands=False)
    filtered = filter_words(chosen, language)
    counted = words("project-count", shown=len(rows), total=len(dataset.projects))
    unmapped = sum(not row.project.mapped for row in rows)
    everything = words("compare-count", count=len(rows), unmapped=unmapped)
    (sector,) = chosen.sector if len(chosen.sector) == 1 else ("",)
    return _content(language) | {
        "hue": symbols.hue_of(sector) if sector else symbols.GROUND.accent,
        "kicker": _kicker(sector, words) if sector else None,
        "heading": counted if filtered else words("title"),
        "lead": filtered or words("subtitle"),
        "note": words("project-count-unmapped", unmapped=unmapped) if filtered and unmapped else "",
        "title": words("title") if filtered else everything,
        "map": _map(layout, drawing, None),
    }


def _content(language: str) -> dict[str, Any]:
    """Return what every image has."""
    return {
        "language": language,
        "page": {"width": PAGE[0], "height": PAGE[1]},
        "colours": {
            name: getattr(symbols.GROUND, name)
            for name in ("ink", "quiet", "land", "accent", "border")
        },
        "lead": "",
        "facts": [],
        "credit": " · ".join(filter(None, [approval(language), text(language, "map-attribution")])),
    }


def _kicker(sector: str, words: Words) -> dict[str, str]:
    return {"icon": symbols.ICONS[sector], "label": words.label("sector", sector)}


def _place(project: Project, words: Words) -> str:
    """Return how the place of a project is known, with its error if that is known."""
    known = words(project.place_key)
    if project.uncertainty_m is not None:
        return f"{known} ±{words.distance(project.uncertainty_m)}"
    if project.place_key == "map-somewhere":
        return words("sheet-facet", facet=words.counties(project.counties), values=known)
    return known


def unbroken(name: str, ground: Ground) -> str:
    """Return a name in which no line can end within the short name of a place, such as 成都.

    Chinese lines may break between any two characters; the word joiner prevents it.
    """
    places = {place.name_zh.removesuffix("市") for place in ground.places if place.kind == TOWN}
    places |= {
        county.removesuffix("区").removesuffix("县") for county in ground.counties["name_zh"]
    }
    for place in sorted(places):
        if len(place) == SHORT_NAME:
            name = name.replace(place, WORD_JOINER.join(place))
    return name


def subject_bounds(ground: Ground, project: Project) -> Bounds:
    """Return the bounds (metres, METRIC_CRS) of what the image of a project must show.

    These are the project with its uncertainty, as far as it is near the place's own counties; all
    of these counties, if it has no geometry or lies far from them.
    """
    home = shapely.box(*ground.home.bounds)
    shape = ground.shapes.get(project.id)
    if shape is None:
        return _bounds(home)
    if project.uncertainty_m is not None and not shape.area:
        shape = shape.buffer(project.uncertainty_m)
    near = shape.intersection(home.buffer(BEYOND_KM * 1000, join_style="mitre"))
    if near.is_empty:
        return _bounds(shapely.union(shape, home))
    # Of what lies beside the counties, it shows on which side.
    return _bounds(shapely.union(near, shapely.shortest_line(near, ground.home)))


def _bounds(shape: Any) -> Bounds:
    west, south, east, north = shape.bounds
    return west, south, east, north


def fitted_frame(bounds: Bounds) -> Frame:
    """Return the frame that shows these bounds (metres, METRIC_CRS) and at least `NEAREST_KM`."""
    west, south, east, north = bounds
    least = NEAREST_KM * 1000
    across, up = max(east - west, least), max(north - south, least)
    width, height = MAP_SIZE
    scale = 1000 * max(across / (width - 2 * MARGIN), up / (height - 2 * MARGIN))
    return Frame(((west + east) / 2, (south + north) / 2), width, height, scale)


def _is_town_nearby(place: Place, ground: Ground) -> bool:
    """Return whether a place is a town of the own counties whose name can be read at a glance."""
    # A name with an addition, such as that of a former town, is there for the named points only.
    plain = not QUALIFIED.search(place.name_zh + place.name_en)
    return place.rank == NEAR and plain and bool(ground.home.covers(shapely.Point(place.at)))


def _drop_covered_dots(layout: Layout) -> None:
    """Remove the places whose dot lies under the name of another."""

    def is_covered(name: dict[str, Any]) -> bool:
        if name["dot"] is None:
            return False
        dot = Box.around((name["dot"]["x"], name["dot"]["y"]), DOT, DOT)
        return any(
            dot.meets(Box(one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"]))
            for one in layout.names
            if one is not name
        )

    layout.names = [name for name in layout.names if not is_covered(name)]


LOCATOR: Final = 17.0
"""Width in mm of the small map that says which part of the place a near map shows."""
NEAR_SHARE: Final = 0.3
"""Share of the place's extent below which a map is near."""


def _locator(layout: Layout) -> dict[str, Any] | None:
    """Return the small map in the corner where it covers the least; None if it would say nothing."""
    ground, frame = layout.ground, layout.frame
    west, south, east, north = ground.home.bounds
    if frame.ground.area > NEAR_SHARE * (east - west) * (north - south):
        return None
    width = LOCATOR
    height = width * (north - south) / (east - west)
    scale = 1000 * (east - west) / (width - 2.4)
    small = Frame(((west + east) / 2, (south + north) / 2), width, height, scale)
    home = small.paper(ground.home.simplify(small.metres_per_mm * 0.1))
    window = small.paper(frame.ground)
    parts = [
        symbols.fill_path(home, symbols.GROUND.edge),
        symbols.stroke_path(home, Stroke(symbols.GROUND.border, 0.12)),
        symbols.stroke_path(window, Stroke(symbols.GROUND.accent, 0.35)),
    ]
    spots = layout.corners(width, height)
    box = layout.put(Label("locator", width, height, spots[0], spots, fixed=True))
    if box is None:
        return None
    return as_place(box) | {"svg": symbols.svg_document(width, height, parts)}


def _map(layout: Layout, drawing: Drawing, locator: dict[str, Any] | None) -> dict[str, Any]:
    """Return the map in the template's format, in mm from its upper left corner."""
    return {
        "width": layout.frame.width,
        "height": layout.frame.height,
        "svg": drawing.svg((), None),
        "names": layout.names,
        "letters": layout.letters,
        "locator": locator,
        "symbols": point_symbols(layout),
    }


def _compiler(content: dict[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        TEMPLATE.read_bytes(),
        font_paths=fonts(),
        sys_inputs={"preview": json.dumps(content, ensure_ascii=False)},
    )


def _png(content: dict[str, Any]) -> bytes:
    """Return the image, in `COLOURS` colours: in all of them it takes three times as many bytes."""
    (page,) = pages(_compiler(content).compile(format="png", ppi=PIXELS_PER_MM * MM_PER_INCH))
    # An error diffusion would cover the even ground with dots.
    image = Image.open(io.BytesIO(page)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    output = io.BytesIO()
    image.save(output, "PNG", optimize=True)
    return output.getvalue()
