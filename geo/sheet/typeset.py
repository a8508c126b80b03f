"""The sheet as a file: its content set by Typst, with fonts that come with packages."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import pylopdf_fonts_zh_cn
import typst
import xstatic.pkg.font_awesome

TEMPLATE: Final = Path(__file__).resolve().parent / "sheet.typ"
DOTS_PER_INCH: Final = 300


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of a sheet: Noto Sans and Serif SC, and the sectors' icons; no others.

    A sheet looks the same on every machine, whatever fonts are installed there.
    """
    folders = [
        pylopdf_fonts_zh_cn.sans_path().parent,
        Path(xstatic.pkg.font_awesome.BASE_DIR) / "webfonts",
    ]
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, folders))
    )


def pdf(content: Mapping[str, Any]) -> bytes:
    """Return the sheet as PDF: its date is that of the decision, so equal content is equal bytes."""
    year, month, day = content["adopted"]
    adopted = datetime(year, month, day, tzinfo=UTC)
    made = _compiler(content).compile(format="pdf", timestamp=adopted)
    return b"".join(_pages(made))


def png(content: Mapping[str, Any]) -> tuple[bytes, ...]:
    """Return the pages of the sheet as PNG, 300 dots per inch."""
    return _pages(_compiler(content).compile(format="png", ppi=DOTS_PER_INCH))


def _compiler(content: Mapping[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        TEMPLATE.read_bytes(),
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(content, ensure_ascii=False)},
    )


def _pages(made: bytes | list[bytes] | None) -> tuple[bytes, ...]:
    if made is None:
        return ()
    return (made,) if isinstance(made, bytes) else tuple(made)
