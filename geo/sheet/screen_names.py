"""The names, signs and counts of the page's map, and how its elements are written as SVG."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import hypot
from typing import Any, Final

import numpy as np
import shapely

from geo.core.i18n import Words
from geo.layer.base_layers import short_names
from geo.layer.codes import COUNTIES, FAMILIES
from geo.layer.projects import Project
from geo.map.symbology import BADGE, LINE_SYMBOLS, POINT_SYMBOLS, THEME_COLOURS, symbol_code
from geo.sheet import label_placement, symbols
from geo.sheet.drawing import Kind, Layout, around
from geo.sheet.frames import Frame, Ground, Row
from geo.sheet.label_placement import GAP, Box, Label
from geo.sheet.labels import name_lines, name_places
from geo.sheet.symbols import MM_PER_PIXEL, SIGN, Look, Medium, Stroke


def _custom_properties() -> dict[str, str]:
    """Return the CSS value of each colour of the light theme, tints included."""
    ground = THEME_COLOURS["light"]
    found = {
        getattr(ground, name): f"var(--pm-map-{name})"
        for name in ("paper", "land", "edge", "ink", "quiet", "county", "border", "river", "accent")
    }
    for family in FAMILIES:
        hue = f"var(--pm-hue-{family.code})"
        share = round(symbols.TINT * 100)
        found[family.light] = hue
        tint = symbols.mix(family.light, ground.land, symbols.TINT)
        found[tint] = f"color-mix(in srgb,{hue} {share}%,var(--pm-map-land))"
    return found


CUSTOM_PROPERTIES: Final = _custom_properties()

SCREEN: Final = Medium(CUSTOM_PROPERTIES.__getitem__, 1 / MM_PER_PIXEL, 1, 0.12, relative=True)
"""The page: strokes in pixels, coordinates with one decimal of a millimetre, half a pixel."""


def link(href: str, drawn: str, title: str = "") -> str:
    """Return drawn elements as a link. It cannot be tabbed to; the page lists the same links."""
    hint = f"<title>{escape(title)}</title>" if title else ""
    return f'<a href="{escape(href)}" data-merge target="_self" tabindex="-1">{hint}{drawn}</a>'


def rank_of(row: Row) -> int:
    """Return the priority of a row's name; lower is placed first."""
    ranks = {symbol.code: symbol.rank for symbol in (*LINE_SYMBOLS, *POINT_SYMBOLS)}
    return ranks.get(symbol_code(row.project) or "", 7)


LEADER: Final = Stroke(symbols.GROUND.quiet, 0.8 * MM_PER_PIXEL)
PILL_POINTS: Final = 6.6
PILL_HEIGHT: Final = 4.0
PILL_PADDING: Final = 3.2
"""Font size in points, and height and padding in mm, of a county's count."""
SITE_POINTS: Final = 6.8
SEAT_POINTS: Final = 9.0
COUNTY_TEXT: Final = {"zh": (11.5, 0.4), "en": (9.5, 0.2)}
"""Font sizes in points of signs, of the city, and of counties with their letter spacing in ems."""
SEAT_RING: Final = 2.6
"""Width in mm of the sign of the city."""
NARROW_MM: Final = 96.0
SMALLER: Final = 0.75
"""In frames narrower than this (480 pixels) counties have a smaller name, by this factor."""
MOST_OUTSIDE: Final = 0.5
"""The largest share of a county's name and count that may lie outside the county."""
COARSE_STEP: Final = 5.0
"""Distance in mm between the positions that are tried along a line. A name may stand a little beside
the best one, because making the map must not take long."""
LONGEST_LEADER: Final = 26
"""The most circles around a line's middle on which its name is tried (`label_placement`)."""
COUNTY, SEAT = "pm-name-county", "pm-name-seat"
"""Classes in the style sheet."""
PER_POINT: Final = label_placement.MM_PER_POINT
SHARP: Final = 2
"""Decimals of a millimetre in the position of letters."""


@dataclass
class Names:
    """All names, signs and counts of a map of one size.

    `drawn` are the rows that are drawn, `rows` all that are shown; `band` is the level of detail.
    """

    frame: Frame
    ground: Ground
    words: Words
    drawn: Sequence[Row]
    rows: Sequence[Row]
    band: str
    look: Callable[[Project], Look]

    @property
    def narrow(self) -> bool:
        """Whether the frame is so narrow that the counties' names need their room first."""
        return min(self.frame.width, self.frame.height) < NARROW_MM

    def svg(self) -> Iterator[str]:
        """Yield the elements, from bottom to top."""
        kind = Kind(
            whole=False, bands=False, growth=1, north=False, plate=(0, 0),
            first=range(0), later=range(0),
        )  # fmt: skip
        layout = Layout(self.frame, self.ground, self.words.language, self.drawn, kind)
        signs = list(layout.points())
        layout.taken += [box for _, box in signs]
        over: list[str] = []
        for place in self.ground.places:
            if place.seat:
                layout.taken.append(Box.around(self.frame.at(place.at), SEAT_RING, SEAT_RING))
        if self.narrow:
            over += self._counties(layout)
        over += self._sites(layout, signs)
        over += self._seats(layout)
        if not self.narrow:
            over += self._counties(layout)
        name_lines(layout, COARSE_STEP)
        over += self._leaders(layout)
        name_places(layout, range(1, 3 if self.band == "region" else 4))
        yield from (self._name(one) for one in layout.names)
        yield from self._letters(layout)
        yield from (self._sign(row, box) for row, box in signs)
        yield from over

    def _sites(self, layout: Layout, signs: Iterable[tuple[Row, Box]]) -> Iterator[str]:
        """Yield the name beside each sign, the most important first."""
        for row, box in sorted(signs, key=lambda pair: (rank_of(pair[0]), pair[0].number)):
            name = row.project.short(self.words.language)
            yield from self._beside(layout, row, name, box.middle)

    def _beside(
        self, layout: Layout, row: Row, name: str, at: tuple[float, float]
    ) -> Iterator[str]:
        wide = label_placement.text_width(name, SITE_POINTS)
        high = label_placement.text_height(SITE_POINTS) * 0.8
        across, down = (wide + SIGN) / 2 + 0.6, (high + SIGN) / 2 + 0.2
        spots = tuple(
            (at[0] + x * across, at[1] + y * down) for x, y in ((1, 0), (-1, 0), (0, -1), (0, 1))
        )
        box = layout.put(Label(row.project.id, wide, high, at, spots, fixed=True))
        if box:
            yield self._project_name(row, name, box.middle)

    def _project_name(self, row: Row, name: str, at: tuple[float, float]) -> str:
        drawn = text_at(at, name, SITE_POINTS, symbols.hue_of(row.project.sector), "pm-name-line")
        return link(f"?project={row.project.id}", drawn)

    def _leaders(self, layout: Layout) -> Iterator[str]:
        """Yield a name with a leader for each line that has no room for its name along it."""
        named = {letter["id"] for letter in layout.letters}
        for row in sorted(self.drawn, key=lambda row: (rank_of(row), row.number)):
            shape = self.ground.shape(row.project)
            if shape.area > 0 or not shape.length or row.project.id in named:
                continue
            seen = shapely.clip_by_rect(shape, *self.frame.bounds)
            inside = seen.intersection(self.ground.home)
            visible = self.frame.paper(seen if inside.is_empty else inside)
            parts = [part for part in shapely.get_parts(visible) if part.length]
            if not parts:
                continue
            middle = max(parts, key=lambda part: float(part.length)).interpolate(
                0.5, normalized=True
            )
            name = row.project.short(self.words.language)
            size = (
                label_placement.text_width(name, SITE_POINTS),
                label_placement.text_height(SITE_POINTS) * 0.8,
            )
            anchor = (middle.x, middle.y)
            box = nearest_free(anchor, size, layout)
            if box:
                layout.taken.append(box)
                line = shapely.LineString([box.nearest(anchor), anchor])
                yield symbols.stroke_path(line, LEADER, SCREEN)
                yield self._project_name(row, name, box.middle)

    def _seats(self, layout: Layout) -> Iterator[str]:
        """Yield the city itself: a ring and its name."""
        for place in self.ground.places:
            at = self.frame.at(place.at)
            name = place.name(self.words.language)
            wide = label_placement.text_width(name, SEAT_POINTS)
            high = label_placement.text_height(SEAT_POINTS) * 0.8
            across, down = wide / 2 + 1.4, high / 2 + 1.2
            spots = tuple(
                (at[0] + x * across, at[1] + y * down)
                for x, y in ((0, 1), (1, 0.6), (-1, 0.6), (0, -1), (1, 0), (-1, 0))
            )
            if not place.seat:
                continue
            box = layout.put(Label(name, wide, high, at, spots, fixed=True))
            if box is None and (box := nearest_free(at, (wide, high), layout)):
                layout.taken.append(box)
            if box:
                ink, land = (SCREEN.paint(symbols.GROUND.ink), SCREEN.paint(symbols.GROUND.land))
                ring = (
                    f'<circle cx="{at[0]:.2f}" cy="{at[1]:.2f}" r="1.2" fill="{land}" '
                    f'stroke="{ink}" stroke-width="1.4"/>'
                    f'<circle cx="{at[0]:.2f}" cy="{at[1]:.2f}" r="0.5" fill="{ink}"/>'
                )
                yield ring + text_at(box.middle, name, SEAT_POINTS, symbols.GROUND.ink, SEAT)

    def _counties(self, layout: Layout) -> Iterator[str]:
        """Yield the name of each county with the number of its projects, where few lines are."""
        lines = shapely.GeometryCollection(
            [self.frame.paper(self.ground.shape(row.project)) for row in self.drawn]
        )
        english = self.words.language == "en"
        short = short_names(self.ground.counties)
        for code, record in self.ground.counties.loc[list(COUNTIES)].iterrows():
            name = short[code] if english else record["name_zh"]
            points, spacing = COUNTY_TEXT[self.words.language]
            points *= SMALLER if self.narrow else 1
            own = sum(row.project.counties == (code,) for row in self.rows)
            label = self.words("map-county-count", count=own) if own else ""
            wide = label_placement.text_width(name, points, spacing)
            counted = label_placement.text_width(label, PILL_POINTS) + PILL_PADDING if own else 0
            high = points * PER_POINT * 1.2
            size = max(wide, counted), high + (PILL_HEIGHT + 0.8 if own else 0)
            box = self._county_box(layout, str(code), size, record.geometry, lines)
            if box is None:
                continue
            layout.taken.append(box)
            middle = box.middle[0]
            title = text_at(
                (middle, box.top + high / 2),
                name,
                points,
                symbols.GROUND.county,
                COUNTY,
                spacing=spacing,
            )
            yield link(f"?among={code}", title)
            if own:
                below = Box.around((middle, box.bottom - PILL_HEIGHT / 2), counted, PILL_HEIGHT)
                yield pill(below, label, f"?among={code}")

    def _county_box(
        self,
        layout: Layout,
        code: str,
        size: tuple[float, float],
        county: shapely.Geometry,
        lines: shapely.Geometry,
    ) -> Box | None:
        """Return the best place for a county's name: in it, on few lines, near its label point."""
        area = self.frame.paper(county)
        at = self.frame.at(self.ground.labels[code])
        best, least = None, float("inf")
        for x, y in around(at, range(-32, 33, 4), range(-32, 33, 4)):
            box = Box.around((x, y), *size)
            if not label_placement.is_free(box, layout.paper, layout.taken, gap=0.6):
                continue
            edges = (box.left, box.top, box.right, box.bottom)
            off = hypot(x - at[0], y - at[1])
            if off * 0.4 >= least:
                break
            outside = 1 - shapely.clip_by_rect(area, *edges).area / (size[0] * size[1])
            if outside > MOST_OUTSIDE or off * 0.4 + outside * 60 >= least:
                continue
            cost = off * 0.4 + shapely.clip_by_rect(lines, *edges).length * 2 + outside * 60
            if cost < least:
                best, least = box, cost
        return best

    def _name(self, name: Mapping[str, Any]) -> str:
        x, y, width, height = (float(str(name[key])) for key in ("x", "y", "width", "height"))
        points, spacing = float(str(name["points"])), float(str(name["spacing"]))
        middle = (x + width / 2, y + height / 2)
        drawn = text_at(middle, str(name["text"]), points, str(name["hue"]), "", spacing=spacing)
        dot = name["dot"]
        if isinstance(dot, dict):
            drawn += (
                f'<circle cx="{dot["x"]:.2f}" cy="{dot["y"]:.2f}" r="0.5" '
                f'fill="{SCREEN.paint(symbols.GROUND.quiet)}"/>'
            )
        return drawn

    def _letters(self, layout: Layout) -> Iterator[str]:
        """Yield the names along lines, the letters of each name as one link."""
        names: dict[str, list[str]] = {}
        for letter in layout.letters:
            turn = f" rotate({letter['angle']:g})" if letter["angle"] else ""
            names.setdefault(letter["id"], []).append(
                f'<text transform="translate({letter["x"]:.{SHARP}f} {letter["y"]:.{SHARP}f}){turn}">'
                f"{escape(letter['text'])}</text>"
            )
        hues = {row.project.id: symbols.hue_of(row.project.sector) for row in self.drawn}
        for name, letters in names.items():
            size = f"{layout.letters[0]['points'] * PER_POINT:.2f}"
            yield link(
                f"?project={name}",
                f'<g class="pm-name-line" font-size="{size}" fill="{SCREEN.paint(hues[name])}">'
                f"{''.join(letters)}</g>",
            )

    def _sign(self, row: Row, box: Box) -> str:
        project = row.project
        look = self.look(project)
        hue, land = symbols.hue_of(project.sector), symbols.GROUND.land
        rim = symbols.stroke_attributes(symbols.rim_stroke(hue, look), SCREEN)
        parts = [
            shape(box, symbols.HALO, f'fill="{SCREEN.paint(land)}"', square=look.exact),
            shape(box, 0, rim.replace("none", SCREEN.paint(hue if look.filled else land), 1),
                  square=look.exact),
        ]  # fmt: skip
        colour = symbols.icon_colour(project.sector, look)
        icon = symbols.ICONS[project.sector]
        parts.append(text_at(box.middle, icon, SIGN * 0.56 / PER_POINT, colour, "pm-name-icon"))
        if look.state and look.state.badge:
            parts.append(_badge(box, hue, land))
        return link(f"?project={project.id}", "".join(parts), self.words.name(project))


def _badge(box: Box, hue: str, land: str) -> str:
    """Return the dot on the corner of a sign."""
    away, radius = (part * (box.right - box.left) for part in BADGE)
    x, y = box.middle
    return (
        f'<circle cx="{x + away:.2f}" cy="{y - away:.2f}" r="{radius:.2f}" '
        f'fill="{SCREEN.paint(hue)}" stroke="{SCREEN.paint(land)}"/>'
    )


def shape(box: Box, grown: float, attributes: str, *, square: bool) -> str:
    """Return a rounded square or a circle in a box that is grown by this many mm on each side."""
    x, y = box.middle
    half = (box.right - box.left) / 2 + grown
    if not square:
        return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{half:.2f}" {attributes}/>'
    corner = f"{symbols.CORNER + grown:.2f}"
    return (
        f'<rect x="{x - half:.2f}" y="{y - half:.2f}" width="{2 * half:.2f}" '
        f'height="{2 * half:.2f}" rx="{corner}" {attributes}/>'
    )


def _spiral() -> np.ndarray:
    """Return offsets in mm on growing circles, the nearest first: one row of x and y for each."""
    everywhere = Box(*(-LONGEST_LEADER * label_placement.RING_STEP,) * 2, 0, 0)
    spots = label_placement.circles((0, 0), everywhere)
    return np.array([spot for ring, spot in spots if ring <= LONGEST_LEADER])


SPIRAL: Final = _spiral()


def nearest_free(
    anchor: tuple[float, float], size: tuple[float, float], layout: Layout
) -> Box | None:
    """Return the free box of this size that is nearest to a point, if there is one not too far."""
    taken, gap = np.array([_edges(box) for box in layout.taken]).reshape(-1, 4).T, GAP
    # All at once: the names without room along their lines are many, and so are the positions.
    low = SPIRAL + anchor - np.divide(size, 2)
    high = low + size
    paper = layout.paper
    free = (low >= (paper.left, paper.top)).all(axis=1)
    free &= (high <= (paper.right, paper.bottom)).all(axis=1)
    found = np.flatnonzero(free)
    (left, top), (right, bottom) = (
        low[found, :, None].swapaxes(0, 1),
        high[found, :, None].swapaxes(0, 1),
    )
    meets = (left < taken[2] + gap) & (taken[0] < right + gap)
    meets &= (top < taken[3] + gap) & (taken[1] < bottom + gap)
    found = found[~meets.any(axis=1)]
    return Box(*low[found[0]].tolist(), *high[found[0]].tolist()) if len(found) else None


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def text_at(
    at: tuple[float, float],
    words: str,
    points: float,
    colour: str,
    kind: str,
    *,
    spacing: float = 0,
) -> str:
    """Return a text centred at a point in mm; letter `spacing` is in ems."""
    size = points * PER_POINT
    loose = f' letter-spacing="{spacing * size:.2f}"' if spacing else ""
    named = f' class="{kind}"' if kind else ""
    return (
        f'<text x="{at[0]:.{SHARP}f}" y="{at[1]:.{SHARP}f}" font-size="{size:.2f}" '
        f'fill="{SCREEN.paint(colour)}"{named}{loose}>{escape(words)}</text>'
    )


def pill(box: Box, label: str, href: str) -> str:
    """Return a number in a rounded frame, as a link to the list of what it counts."""
    wide, high = box.right - box.left, box.bottom - box.top
    frame = (
        f'<rect x="{box.left:.2f}" y="{box.top:.2f}" width="{wide:.2f}" height="{high:.2f}" '
        f'rx="{high / 2:.2f}" fill="{SCREEN.paint(symbols.GROUND.land)}" '
        f'stroke="{SCREEN.paint(symbols.GROUND.border)}" stroke-width="1"/>'
    )
    return link(href, frame + text_at(box.middle, label, PILL_POINTS, symbols.GROUND.ink, ""))
