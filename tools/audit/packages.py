"""The packages that the app runs with: its requirements and all their dependencies."""

from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def required(requirements: Path) -> list[Requirement]:
    """Return the packages that a requirements file names."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def installed(requirements: Path) -> Mapping[str, str]:
    """Return the version of each package that the requirements need, by canonical name.

    Packages that only the tests need are left out, though they are installed in the same place.
    Raises PackageNotFoundError if one is not installed.
    """
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    left = required(requirements)
    while left:
        one = left.pop()
        name, extras = canonicalize_name(one.name), frozenset(one.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found[name] = distribution(name).version
        left += _needed(name, extras)
    return dict(sorted(found.items()))


def _needed(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in distribution(name).requires or ():
        one = Requirement(line)
        wanted = ("", *extras)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in wanted):
            yield one
