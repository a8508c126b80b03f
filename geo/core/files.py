"""Files: a common interface for paths on disk and in memory, strict JSON, and atomic writes.

Python's `json` accepts duplicate keys, NaN, numbers too large for a double, lone surrogates and any
depth. The map can use none of these, and other programs read them differently (RFC 7493). No
library rejects all of them, so `parse_json` does.
"""

import errno
import json
import math
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

from geo.core.faults import SURROGATE, DataError, Fault, character_name, iter_texts, quoted

MAX_DEPTH: Final = 40
"""Maximum nesting of lists and objects; a MultiPolygon in the layer needs nine levels."""

MAX_INTEGER: Final = 2**53
"""Programs that read numbers as doubles are exact up to this integer."""

MAX_DIGITS: Final = 17
"""Maximum length of an integer: the digits of MAX_INTEGER and a sign."""

ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(text: str) -> Any:
    """Return the JSON value of a text; raises ValueError with the reason if it is not valid."""
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
    # Only a \u escape can produce a lone surrogate, so files without one are not searched.
    if ESCAPED_SURROGATE.search(text):
        _reject_surrogates(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        duplicate = next(key for key, count in counts.items() if count > 1)
        owner = f" that has the id {quoted(value['id'])}" if "id" in value else ""
        raise ValueError(f"the key {quoted(duplicate)} stands twice in one object{owner}")
    return value


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
    """Return how deeply lists and objects are nested, without recursion."""
    depth, level = 0, [value]
    while level:
        containers = [item for item in level if isinstance(item, list | dict)]
        depth += bool(containers)
        level = [
            item
            for container in containers
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, list | dict)
        ]
    return depth


def _reject_surrogates(value: Any) -> None:
    for path, text in iter_texts(value):
        surrogate = SURROGATE.search(text)
        if surrogate:
            name = character_name(surrogate[0])
            raise ValueError(f"{path} holds {name}, half a surrogate pair")
    for key in _keys(value):
        if SURROGATE.search(key):
            raise ValueError(f"the key {quoted(key)} holds half a surrogate pair")


def _keys(value: Any) -> list[str]:
    """Return the keys of all objects in a value, at any depth."""
    if isinstance(value, dict):
        return [*value, *(key for item in value.values() for key in _keys(item))]
    return [key for item in value for key in _keys(item)] if isinstance(value, list) else []


ROOT_PATH: Final = PurePosixPath()


class Readable(Protocol):
    """A folder or file of the data (the "home"): a `Path` or an `InMemoryPath`."""

    @property
    def name(self) -> str:
        """The last component of the path."""

    @property
    def parent(self) -> "Readable":
        """The folder that contains it."""

    def __truediv__(self, name: str, /) -> "Readable": ...

    def read_bytes(self) -> bytes:
        """Return the content of a file; raises OSError if there is no such file."""

    def exists(self) -> bool:
        """Return whether the file exists; used for files that a home need not have."""


@dataclass(frozen=True, eq=False)
class InMemoryPath:
    """A path among files in memory, whose names look like "data/ledger.json"."""

    files: Mapping[str, bytes] = field(repr=False)
    place: PurePosixPath = ROOT_PATH

    @property
    def name(self) -> str:
        """The last component of the path."""
        return self.place.name

    @property
    def parent(self) -> "InMemoryPath":
        """The folder that contains it."""
        return InMemoryPath(self.files, self.place.parent)

    def __truediv__(self, name: str) -> "InMemoryPath":
        return InMemoryPath(self.files, self.place / name)

    def __str__(self) -> str:
        return str(self.place)

    def exists(self) -> bool:
        """Return whether there is a file at this path."""
        return str(self.place) in self.files

    def read_bytes(self) -> bytes:
        """Return the content of a file; raises FileNotFoundError as a Path does."""
        try:
            return self.files[str(self.place)]
        except KeyError:
            message = os.strerror(errno.ENOENT)
            raise FileNotFoundError(errno.ENOENT, message, str(self.place)) from None


WRITE_CHECK: Final = "file-writable"
"""The fault code for problems of the system, such as a full disk."""
LONGEST_REASON: Final = 120
"""Maximum length of a quoted system message. Database errors repeat the whole SQL statement."""


def format_collection(features: Iterable[Mapping[str, Any]]) -> str:
    """Return a FeatureCollection sorted by id: keys indented, each geometry on one line.

    One line per geometry keeps diffs readable: a geometry may have a thousand positions.
    """
    blocks = []
    for feature in sorted(features, key=lambda feature: str(feature["id"])):
        head = {key: feature[key] for key in ("type", "id", "properties")}
        block = json.dumps(head, ensure_ascii=False, indent=2, allow_nan=False)
        geometry = json.dumps(feature["geometry"], ensure_ascii=False, allow_nan=False)
        blocks.append(block.removesuffix("\n}") + f',\n  "geometry": {geometry}\n}}')
    body = ",\n".join(blocks)
    return '{"type": "FeatureCollection", "features": [\n' + body + "\n]}\n"


def format_json(value: Any) -> str:
    """Return a JSON value as indented text, the format of the small files in `data/`."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) so that readers see the old content or the new, never a part.

    Raises DataError if it cannot be written; an existing file then stays unchanged.
    """
    body = content.encode() if isinstance(content, str) else content
    try:
        _refuse_non_file(path)
        _replace(path, body)
    except (OSError, ValueError) as error:
        raise DataError([write_fault(path, error)]) from error


def write_fault(path: Path | str, error: Exception) -> Fault:
    """Return the fault for a file, given by path or description, that could not be written."""
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return Fault(
        WRITE_CHECK,
        quoted(path, 120).strip("'"),
        f"the file cannot be written ({reason[:LONGEST_REASON]})",
        "so what stood there was left as it was",
        "make room or name a file in a folder that may be written to",
    )


def _refuse_non_file(path: Path) -> None:
    """Raise OSError if the path names anything but a regular file, which must not be replaced."""
    if path.exists() and not path.is_file():
        kind = "a folder" if path.is_dir() else "a device or a pipe"
        raise OSError(errno.EEXIST, f"it is {kind}")


def _replace(path: Path, body: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    part = Path(name)
    try:
        # Unbuffered: a full disk then raises here, and not a second time on close.
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


def write_folder(target: Path, files: Mapping[str, bytes], check: Callable[[Path], object]) -> None:
    """Write a complete folder if its content passes a check, which may raise, or nothing at all.

    An empty folder is replaced. Raises DataError if the folder cannot be written.
    """
    try:
        part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-", suffix=".part"))
        try:
            for name, content in files.items():
                path = part / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            check(part)
            part.chmod(0o755)
            if target.exists():
                target.rmdir()
            part.rename(target)
        except BaseException:
            shutil.rmtree(part)
            raise
    except OSError as error:
        fault = Fault(
            "folder-written", str(target), f"the folder cannot be written ({error.strerror})",
            "but everything is kept in it", "name a folder in a place that exists and is yours",
        )  # fmt: skip
        raise DataError([fault]) from error


def read_text(path: Readable) -> str:
    """Return the UTF-8 text of a file, with its line endings unchanged.

    Raises DataError if the file is missing, unreadable, not a regular file, or not UTF-8.
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
            "make it readable for the user of this program"
            if isinstance(error, PermissionError)
            else f"restore it from version control, or name another home in {ENVIRONMENT_VARIABLE}",
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
    """Return the bytes of a file; raises OSError for a folder, a pipe or a device as well."""
    # Reading a pipe or a device might never end.
    if isinstance(path, Path) and path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is no plain file")
    return path.read_bytes()


def read_json(path: Readable) -> Any:
    """Return the JSON value of a file, parsed strictly (see `parse_json`).

    Raises DataError with the reason and, for a syntax error, the position.
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
