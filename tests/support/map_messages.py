"""What the map is told of a filter, read as the map's script reads it."""

import base64

import numpy as np

from geo.map.client_data import ALL


def rows(said, length):
    """Read what was found as the script does."""
    (way, text), = said.items()  # fmt: skip
    content = base64.b64decode(text)
    if way == "bits":
        bits = np.unpackbits(np.frombuffer(content, dtype=np.uint8), bitorder="little")
        return bits[:length].astype(bool)
    mask, at, gap, shift = np.zeros(length, dtype=bool), -1, 0, 0
    for byte in content:
        gap, shift = gap + ((byte & 0x7F) << shift), shift + 7
        if byte < 0x80:
            at += gap + 1
            mask[at] = True
            gap = shift = 0
    return mask


def passing(said, codes):
    """Return which rows the map shows that was told this."""
    if said == ALL:
        return np.ones(len(codes), dtype=bool)
    mask = np.ones(len(codes), dtype=bool)
    for wanted in said.get("any", []):
        mask &= (codes & wanted) != 0
    mask &= (codes & said.get("none", 0)) == 0
    return mask & rows(said["found"], len(codes)) if "found" in said else mask
