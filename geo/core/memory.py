"""Files held in memory, read the way a folder is read."""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Protocol

TOP: Final = PurePosixPath()


class Readable(Protocol):
    """A folder or file that a home is read from: a `Path`, or a `Held`."""

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
class Held:
    """A place among files in memory, which are named like "data/ledger.json"."""

    files: Mapping[str, bytes] = field(repr=False)
    place: PurePosixPath = TOP

    @property
    def name(self) -> str:
        """The last part of where it lies."""
        return self.place.name

    @property
    def parent(self) -> "Held":
        """The folder it lies in."""
        return Held(self.files, self.place.parent)

    def __truediv__(self, name: str) -> "Held":
        return Held(self.files, self.place / name)

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
