"""The packages that the app runs with: those required, and all that they require in turn."""

from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def required(requirements: Path) -> list[Requirement]:
    """Return the lines of a requirements file that name a package."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def installed(requirements: Path) -> Mapping[str, str]:
    """Return version by canonical name of all packages that the requirements lead to.

    Those of the tests lie in the same folder, and are not among them. Raises PackageNotFoundError
    where one is not installed.
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
