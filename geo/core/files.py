"""Writing files: the canonical form of the layer, and whole or not at all."""

import errno
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from geo.core.faults import DataError, Fault, quoted

UNWRITTEN: Final = "file-writable"
"""The check of what is wrong with the machine, not with the data or the query."""
LONGEST_REASON: Final = 120
"""Characters of a system's own words; a database's hold the whole statement."""


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


def format_json(value: Any) -> str:
    """Return a JSON value indented, as the small files of `data/` are written."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) so that a reader sees the old content or the new, never a part.

    Raises DataError where it cannot be written; what stood there before stands there still.
    """
    body = content.encode() if isinstance(content, str) else content
    try:
        _refuse_other(path)
        _replace(path, body)
    except (OSError, ValueError) as error:
        raise DataError([unwritten(path, error)]) from error


def unwritten(path: Path | str, error: Exception) -> Fault:
    """Return the fault of a file, by its path or by what it is, that could not be written."""
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return Fault(
        UNWRITTEN,
        quoted(path, 120).strip("'"),
        f"the file cannot be written ({reason[:LONGEST_REASON]})",
        "so what stood there was left as it was",
        "make room or name a file in a folder that may be written to",
    )


def _refuse_other(path: Path) -> None:
    """Raise OSError where something other than a file has the name, which would be replaced."""
    if path.exists() and not path.is_file():
        kind = "a folder" if path.is_dir() else "a device or a pipe"
        raise OSError(errno.EEXIST, f"it is {kind}")


def _replace(path: Path, body: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    part = Path(name)
    try:
        # Unbuffered: what a full disk refuses is refused here, and not again at the closing.
        with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123 - a descriptor, no path
            left = memoryview(body)
            while left:
                left = left[file.write(left) :]
            os.fsync(descriptor)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
