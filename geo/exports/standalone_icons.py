"""The icon font, cut down to the glyphs of the sectors."""

import io
from functools import cache
from pathlib import Path

import xstatic.pkg.font_awesome
from fontTools import subset

from geo.layer.codes import SECTORS


@cache
def icon_font() -> bytes:
    """Return Font Awesome (solid) with the icons of the sectors alone, as WOFF.

    Without names and hints it is under 3 kB; nothing in it depends on the day it is made.
    """
    whole = Path(xstatic.pkg.font_awesome.BASE_DIR) / "webfonts" / "fa-solid-900.ttf"
    options = subset.Options(
        flavor="woff", layout_features=[], name_IDs=[], hinting=False, glyph_names=False,
        recalc_timestamp=False,
    )  # fmt: skip
    font = subset.load_font(str(whole), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[int(sector.icon, 16) for sector in SECTORS])
    cutter.subset(font)
    cut = io.BytesIO()
    subset.save_font(font, cut, options)
    return cut.getvalue()
