"""Places that the decision names under several works: these projects point at each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.core.character_faults import text_faults
from geo.core.faults import DataError
from geo.core.home import Home, read_json
from geo.core.validation import breaches
from geo.layer.schema import RELATED


@dataclass(frozen=True)
class Group:
    """A place in both languages, and the ids of the projects there."""

    place_zh: str
    place_en: str
    projects: tuple[str, ...]


def read_related(home: Home) -> tuple[Group, ...]:
    """Return the groups of a folder; raises DataError with every breach of their schema."""
    content = read_json(home.related)
    faults = list(breaches(RELATED, content, "data/related.json"))
    faults = faults or list(text_faults("text-plain", "data/related.json", content))
    if faults:
        raise DataError(faults)
    return tuple(Group(one["place_zh"], one["place_en"], tuple(one["projects"])) for one in content)


def others(groups: Iterable[Group], project: str) -> Iterator[tuple[Group, str]]:
    """Yield (group, id) for each other project that shares a place with this one, once."""
    seen = {project}
    for group in groups:
        if project in group.projects:
            for name in group.projects:
                if name not in seen:
                    seen.add(name)
                    yield group, name
