"""Files: folders on disk and in memory that are read alike, strict JSON, and atomic writes.

`json` accepts duplicate keys, NaN, numbers beyond a double, halves of surrogate pairs and any depth;
no map can use these, and other programs read them differently (RFC 7493). No library refuses all of
them, so `parse_json` does.
"""

import errno
import json
import math
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

from geo.core.faults import SURROGATE, DataError, Fault, character_name, iter_texts, quoted

MAX_DEPTH: Final = 40
"""Lists and objects within each other; a MultiPolygon of the layer takes nine."""

MAX_INTEGER: Final = 2**53
"""The largest whole number up to which every program reads the same one."""

MAX_DIGITS: Final = 17
"""Characters of a whole number: as many as the largest has, and a sign."""

ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(text: str) -> Any:
    """Return the JSON value of a text; raises ValueError with the reason why it is none."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if _depth(value) > MAX_DEPTH:
        raise ValueError(f"it is nested too deeply: more than {MAX_DEPTH} lists and objects")
    # Only an escape can write half a pair, as no UTF-8 can: few files have one to be looked for.
    if ESCAPED_SURROGATE.search(text):
        _reject_surrogates(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counted.items() if count > 1)
        owner = f" that has the id {quoted(made['id'])}" if "id" in made else ""
        raise ValueError(f"the key {quoted(twice)} stands twice in one object{owner}")
    return made


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits[:MAX_DIGITS]} is more than any number a map can hold")
    return number


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS or abs(int(digits)) > MAX_INTEGER:
        raise ValueError(f"{digits[:MAX_DIGITS]}… is a whole number beyond 2^53")
    return int(digits)


def _depth(value: Any) -> int:
    """Return how many lists and objects lie within each other; without recursion."""
    depth, level = 0, [value]
    while level:
        inside = [one for one in level if isinstance(one, list | dict)]
        depth += bool(inside)
        level = [
            part
            for one in inside
            for part in (one.values() if isinstance(one, dict) else one)
            if isinstance(part, list | dict)
        ]
    return depth


def _reject_surrogates(value: Any) -> None:
    for path, text in iter_texts(value):
        half = SURROGATE.search(text)
        if half:
            raise ValueError(f"{path} holds {character_name(half[0])}, half a surrogate pair")
    for key in _keys(value):
        if SURROGATE.search(key):
            raise ValueError(f"the key {quoted(key)} holds half a surrogate pair")


def _keys(value: Any) -> list[str]:
    """Return every key of every object in a value."""
    if isinstance(value, dict):
        return [*value, *(key for one in value.values() for key in _keys(one))]
    return [key for one in value for key in _keys(one)] if isinstance(value, list) else []


ROOT_PATH: Final = PurePosixPath()


class Readable(Protocol):
    """A folder or file that a home is read from: a `Path`, or a `InMemoryPath`."""

    @property
    def name(self) -> str:
        """The last part of where it lies."""

    @property
    def parent(self) -> "Readable":
        """The folder it lies in."""

    def __truediv__(self, name: str, /) -> "Readable": ...

    def read_bytes(self) -> bytes:
        """Return the content of a file; raises OSError when there is none."""

    def exists(self) -> bool:
        """Say whether there is such a file, for those that a home may do without."""


@dataclass(frozen=True, eq=False)
class InMemoryPath:
    """A place among files in memory, which are named like "data/ledger.json"."""

    files: Mapping[str, bytes] = field(repr=False)
    place: PurePosixPath = ROOT_PATH

    @property
    def name(self) -> str:
        """The last part of where it lies."""
        return self.place.name

    @property
    def parent(self) -> "InMemoryPath":
        """The folder it lies in."""
        return InMemoryPath(self.files, self.place.parent)

    def __truediv__(self, name: str) -> "InMemoryPath":
        return InMemoryPath(self.files, self.place / name)

    def __str__(self) -> str:
        return str(self.place)

    def exists(self) -> bool:
        """Say whether a file of this name is held."""
        return str(self.place) in self.files

    def read_bytes(self) -> bytes:
        """Return the content of a file; raises FileNotFoundError, as a Path does."""
        try:
            return self.files[str(self.place)]
        except KeyError:
            message = os.strerror(errno.ENOENT)
            raise FileNotFoundError(errno.ENOENT, message, str(self.place)) from None


WRITE_CHECK: Final = "file-writable"
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


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) so that a reader sees the old content or the new, never a part.

    Raises DataError where it cannot be written; what stood there before stands there still.
    """
    body = content.encode() if isinstance(content, str) else content
    try:
        _refuse_other(path)
        _replace(path, body)
    except (OSError, ValueError) as error:
        raise DataError([write_fault(path, error)]) from error


def write_fault(path: Path | str, error: Exception) -> Fault:
    """Return the fault of a file, by its path or by what it is, that could not be written."""
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return Fault(
        WRITE_CHECK,
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


def read_text(path: Readable) -> str:
    """Return the UTF-8 text of a file, with its line ends as they are.

    Raises DataError when the file is missing, unreadable, no plain file, or not UTF-8.
    """
    record = f"{path.parent.name}/{path.name}"
    try:
        return _content(path).decode("utf-8")
    except OSError as error:
        fault = Fault(
            "file-readable",
            record,
            f"the file cannot be read ({error.strerror})",
            "but the map is made from it",
            "restore it from version control, or name another home in " + ENVIRONMENT_VARIABLE,
        )
        raise DataError([fault]) from error
    except UnicodeDecodeError as error:
        fault = Fault(
            "file-utf8",
            record,
            f"byte {error.start} is not UTF-8",
            "but every file is UTF-8",
            "save it as UTF-8 without a byte order mark",
        )
        raise DataError([fault]) from error


def _content(path: Readable) -> bytes:
    """Return the bytes of a file; raises OSError for a folder, a pipe or a device, too."""
    # A pipe or a device would be read for ever.
    if isinstance(path, Path) and path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is no plain file")
    return path.read_bytes()


def read_json(path: Readable) -> Any:
    """Return the JSON value in a file, taken strictly (see `strict_json`).

    Raises DataError with the place where reading stopped.
    """
    try:
        return parse_json(read_text(path))
    except ValueError as error:
        fault = Fault(
            "file-json",
            f"{path.parent.name}/{path.name}",
            str(error),
            "but the file must be plain JSON",
            "undo the last edit, or run it through a JSON formatter to find the spot",
        )
        raise DataError([fault]) from error


ENVIRONMENT_VARIABLE = "PROJECT_MAP_HOME"
