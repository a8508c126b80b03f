"""A query taken strictly: what the page would pass over with a note, a script is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from geo.core.faults import DataError, Fault, quoted
from geo.layer.filters import FACETS, ProjectFilter
from geo.layer.query import FOR_THE_PAGE, LANGUAGES, LONGEST_SEARCH, SCOPES, parse_query

CODES: Final[Mapping[str, tuple[str, ...]]] = {**FACETS, "scope": SCOPES, "lang": LANGUAGES}
"""The keys of a query with the codes each takes; `q` takes any words."""

LONGEST_QUERY: Final = 2000
"""Characters of a query: every code of every facet, and the longest search, take fewer."""


@dataclass(frozen=True)
class Asked:
    """What a query asks for; `language` is None where it names none."""

    filter: ProjectFilter
    language: str | None


def read_query(query: str) -> Asked:
    """Return what a query string (without "?") asks for, in the words of the page's own links.

    Raises DataError that names each unknown key or value and what is allowed in its place.
    """
    if len(query) > LONGEST_QUERY:
        fault = Fault(
            "query-length", "the query", f"{len(query)} characters",
            f"are more than {LONGEST_QUERY}", "ask for less",
        )  # fmt: skip
        raise DataError([fault])
    asked = parse_qs(query, keep_blank_values=True)
    for key in FOR_THE_PAGE:
        asked.pop(key, None)
    state, unknown = parse_query(asked, ())
    faults = [
        Fault(
            "query-value", "the query", quoted(f"{one.key}={one.value}"), "is not known",
            f"{one.key} is one of {', '.join(CODES[one.key])}",
        )
        for one in unknown
    ]  # fmt: skip
    faults += _key_faults(asked)
    if faults:
        raise DataError(faults)
    return Asked(state.filter, state.language)


def _key_faults(asked: Mapping[str, list[str]]) -> Iterator[Fault]:
    keys = (*CODES, "q")
    for key in asked:
        if key not in keys:
            yield Fault(
                "query-key", "the query", quoted(key), "is no key",
                f"the keys are {', '.join(keys)}",
            )  # fmt: skip
    search = " ".join(asked.get("q", ()))
    if len(search) > LONGEST_SEARCH:
        yield Fault(
            "query-search", "the query", f"q of {len(search)} characters",
            f"is longer than {LONGEST_SEARCH}", "search for fewer words",
        )  # fmt: skip
