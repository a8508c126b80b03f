"""How things look in print: the table of signatures on the light ground, in millimetres of ink."""

from dataclasses import dataclass
from typing import Final

from geo.layer.codes import FAMILIES, SECTOR, SECTORS
from geo.layer.projects import Project
from geo.map import symbology as signatures
from geo.map.symbology import GROUNDS

MM_PER_PIXEL: Final = 0.2
"""Print is read from nearer than a screen, and its lines are finer."""

GROUND: Final = GROUNDS["light"]
WATER: Final = "#4d7f9f"
"""A river's name: the river's own hue, dark enough to be read."""

TINT: Final = 0.3
"""The share of the hue in a "tint"; the rest is the land's colour."""
FILL: Final = 0.035
"""Opacity of an area."""
BAND, DISC = 0.03, 0.02
"""Opacity of the band within which a line may run, and of the circle within which a point may lie."""

HUES: Final = {family.code: family.light for family in FAMILIES}
ICONS: Final = {sector.code: chr(int(sector.icon, 16)) for sector in SECTORS}
LINES: Final = {one.code: one for one in signatures.LINES}


@dataclass(frozen=True)
class Stroke:
    """A stroke of the pen: `width`, `dashes` and the `shift` that moves them on, in mm."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    cap: str = "butt"
    shift: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Look:
    """What the form of a project says of it: its stage, and how well its place is known."""

    stage: str
    precision: str

    @property
    def form(self) -> str:
        """Return "built", "planned" or "upgraded"."""
        return signatures.FORMS[self.stage]

    @property
    def exact(self) -> bool:
        """Say whether the place is that of the works."""
        return self.precision == "exact"


def look(project: Project) -> Look:
    """Return the look of a project."""
    return Look(project.stage, project.precision)


def hue(sector: str) -> str:
    """Return the colour of a sector, which is its family's."""
    return HUES[SECTOR[sector].family]


def line(
    signature: str, sector: str, look: Look, *, growth: float = 1.0, outside: bool = False
) -> tuple[Stroke, ...]:
    """Return the strokes of a line, the lowest first: its soft edge, fine lines along it, itself.

    `growth` makes it heavier on a closer map; `outside` says that it runs beyond the place.
    """
    own = hue(sector)
    paints = {"hue": own, "ground": GROUND.land, "tint": mix(own, GROUND.land, TINT)}
    thinner, strength = signatures.OUTSIDE if outside else (1.0, 1.0)
    known = LINES[signature]
    strokes = known.planned if look.form == "planned" else known.built
    body = strokes[0].width * growth * thinner
    made = []
    if look.precision == "approximate":
        for wider, opacity in signatures.SOFT:
            width = body + wider * growth * thinner
            made.append(Stroke(own, mm(width), cap="round", opacity=round(opacity * strength, 4)))
    if look.form == "upgraded":
        fine, apart = (one * thinner for one in signatures.UPGRADED)
        made.append(Stroke(own, mm(body + 2 * (apart + fine)), opacity=strength))
        made.append(Stroke(GROUND.land, mm(body + 2 * apart)))
    return *made, *(
        Stroke(
            paints[one.paint],
            mm(one.width * growth * thinner),
            tuple(mm(each * growth) for each in one.dash),
            one.cap,
            mm(one.shift * growth),
            strength if one.paint == "hue" else 1.0,
        )
        for one in strokes
    )


def dotted(colour: str) -> Stroke:
    """Return the edge of an area, or of the circle within which a point may lie."""
    return Stroke(colour, mm(1.2), (mm(0.1), mm(4.4)), "round", opacity=0.5)


def rim(colour: str, look: Look) -> Stroke:
    """Return the stroke around a sign: broken where it is only planned, and only approximately."""
    broken = look.form == "planned" and not look.exact
    return Stroke(colour, mm(1.4), (mm(2.6), mm(1.8)) if broken else ())


def on_sign(sector: str, look: Look) -> str:
    """Return the colour of the icon on a sign: a sign is filled when exact, else open."""
    return GROUND.land if look.exact else hue(sector)


def rank(signature: str) -> int:
    """Return the rank of a kind of line, the most important the lowest."""
    return LINES[signature].rank


def mix(one: str, other: str, share: float) -> str:
    """Return the mixture of two colours (#rrggbb) with this share of the first."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def mm(pixels: float) -> float:
    """Return the millimetres in print of pixels on the screen."""
    return round(pixels * MM_PER_PIXEL, 3)
