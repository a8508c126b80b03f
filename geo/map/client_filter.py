"""What a filter leaves, told to the map in few bytes at any number of projects.

The browser holds what each project carries (`codes` in map.json, the bits of `filters.BITS`), so the
facets travel as bits to look for, some dozen bytes for any layer. What a search found it cannot know:
that travels as one bit per project, or as the gaps between those found where that is shorter.
"""

import base64
from typing import Any, Final

import numpy as np

from geo.layer.filters import Mask, Sieve

ALL: Final = "all"

SEVEN: Final = 0x7F
MORE: Final = 0x80


def told(sieve: Sieve) -> str | dict[str, Any]:
    """Return what the map needs to show what passes: "all", or {any, none, found}.

    `any` is a list of bit sets, each of which a project must share a bit with, `none` a bit set with
    which it must share none, and `found` {"bits": …} or {"gaps": …}, see `found`.
    """
    if sieve.passed().all():
        return ALL
    said: dict[str, Any] = {}
    if sieve.wanted:
        said["any"] = list(sieve.wanted)
    if sieve.unwanted:
        said["none"] = sieve.unwanted
    if sieve.matched is not None:
        said["found"] = found(sieve.matched)
    return said


def found(mask: Mask) -> dict[str, str]:
    """Return which rows of a boolean array are true, in base64, the shorter of two ways.

    `bits`: a bit per row, the lowest of a byte first. `gaps`: for each true row how many rows lie
    between it and the one before, as a LEB128 number (seven bits a byte, the lowest first).
    """
    bits = np.packbits(mask, bitorder="little").tobytes()
    gaps = bytearray()
    for gap in np.diff(np.flatnonzero(mask), prepend=-1) - 1:
        rest = int(gap)
        while rest > SEVEN:
            gaps.append(rest & SEVEN | MORE)
            rest >>= 7
        gaps.append(rest)
        if len(gaps) >= len(bits):
            return {"bits": base64.b64encode(bits).decode("ascii")}
    return {"gaps": base64.b64encode(bytes(gaps)).decode("ascii")}
