"""Styles for QGIS (QML): the hue of the family, and dashes where a place is not exact."""

from typing import Final
from xml.etree import ElementTree as ET

from geo.core.i18n import text
from geo.exports.columns import COLUMNS, LISTS
from geo.exports.xml import DECLARATION, add, encoded
from geo.layer.codes import FAMILIES, SECTORS

DOCTYPE: Final = b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
SYMBOL: Final = {"point": "marker", "line": "line", "polygon": "fill"}
WASH: Final = 48
"""Opacity of a polygon's fill, of 255."""

LOOKS: Final = (("exact", "=", "solid"), ("vague", "<>", "dash"))
"""Per look: its name, how its precision compares with 'exact', and the style of its strokes."""


def layer_style(shape: str, language: str) -> str:
    """Return the QML of a layer of "point", "line" or "polygon": a rule per family and look."""
    root = ET.Element("qgis", {"version": "3.28", "styleCategories": "Symbology|Fields"})
    renderer = add(root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0")
    rules = add(renderer, "rules", key="root")
    symbols = add(renderer, "symbols")
    for family in FAMILIES:
        sectors = ", ".join(f"'{one.code}'" for one in SECTORS if one.family == family.code)
        for look, comparison, stroke in LOOKS:
            number = str(len(symbols))
            vague = "" if look == "exact" else text(language, "export-vague")
            add(
                rules,
                "rule",
                key=f"{family.code}-{look}",
                symbol=number,
                label=f"{text(language, f'family-{family.code}')}{vague}",
                filter=f'"sector" IN ({sectors}) AND "precision" {comparison} \'exact\'',
            )
            symbol = add(symbols, "symbol", name=number, type=SYMBOL[shape], alpha="1")
            _symbol_layer(symbol, shape, family.light, stroke)
    aliases = add(root, "aliases")
    for index, column in enumerate((*COLUMNS, *LISTS), start=1):
        # The first field is GeoPackage's own number of the row.
        heading = text(language, column.heading)
        add(aliases, "alias", field=column.name, index=str(index), name=heading)
    return encoded(root).replace(DECLARATION, DECLARATION + DOCTYPE, 1).decode()


def _symbol_layer(symbol: ET.Element, shape: str, hue: str, stroke: str) -> None:
    colour = ",".join(str(int(hue[at : at + 2], 16)) for at in (1, 3, 5))
    if shape == "line":
        kind = "SimpleLine"
        options = {"line_color": f"{colour},255", "line_style": stroke, "line_width": "0.7"}
    elif shape == "polygon":
        kind = "SimpleFill"
        options = {"color": f"{colour},{WASH}", "style": "solid",
                   "outline_color": f"{colour},255", "outline_style": stroke,
                   "outline_width": "0.4"}  # fmt: skip
    else:
        kind = "SimpleMarker"
        # A vague point is a ring, so that it does not look like a surveyed spot.
        inside = 255 if stroke == "solid" else 0
        options = {"name": "circle", "color": f"{colour},{inside}", "size": "3",
                   "outline_color": f"{colour},255", "outline_style": stroke,
                   "outline_width": "0.5"}  # fmt: skip
    layer = add(symbol, "layer", **{"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    values = add(layer, "Option", type="Map")
    for name, value in options.items():
        add(values, "Option", name=name, type="QString", value=value)
