"""Writing files: the canonical form of the layer, and whole or not at all."""

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def format_collection(features: Iterable[Mapping[str, Any]]) -> str:
    """Return a FeatureCollection sorted by id: keys indented, each coordinate list on one line.

    One line per geometry keeps a diff of a name readable beside a line of a thousand points.
    """
    blocks = []
    for feature in sorted(features, key=lambda one: str(one["id"])):
        head = {key: feature[key] for key in ("type", "id", "properties")}
        block = json.dumps(head, ensure_ascii=False, indent=2, allow_nan=False)
        geometry = json.dumps(feature["geometry"], ensure_ascii=False, allow_nan=False)
        blocks.append(block.removesuffix("\n}") + f',\n  "geometry": {geometry}\n}}')
    body = ",\n".join(blocks)
    return '{"type": "FeatureCollection", "features": [\n' + body + "\n]}\n"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) so that a reader sees the old content or the new, never a part."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        try:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    path.chmod(0o644)
