"""The query of a URL: the page's state is its URL, and the API takes the same keys.

Codes are ASCII and the same in both languages. The page ignores what it does not know and says so
(`parse_query`); the API refuses it (`read_query`).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from geo.core.faults import DataError, Fault, escape_invisible, quoted, replace_invisible
from geo.layer.filters import FACETS, MOST_IDS, PLACES, ProjectFilter

LANGUAGES: Final = ("zh", "en")
VIEWS: Final = ("list", "summary", "document", "compare", "coverage")
SCOPES: Final = ("all", "local")
BASEMAP_CODES: Final = ("none", "tianditu", "tianditu_imagery", "amap", "osm")
SORTS: Final = ("clause", "name", "sector", "stage", "since", "county", "precision")
"""What the list can be sorted by; a "-" before it turns the order round."""
COMPARABLE: Final = ("county", "sector")
"""The facets of which two codes can be set side by side."""
MAP_MODES: Final = ("plan", "today")
"""What the marks of the map tell: the plan of the decision, or what became of it."""
PAGE_ONLY_KEYS: Final = (
    "project", "among", "view", "at", "left", "sort", "page", "compare", "basemap", "show",
)  # fmt: skip
"""Keys of a link that do not change which projects are shown."""
MAX_SEARCH_LENGTH: Final = 100
"""Characters of a search that are kept; no name or phrase of the document is longer."""
MAX_REPORTED_LENGTH: Final = 40
"""Characters of a value that is not known, where it is told: as many as the longest code has twice."""
MAX_REPORTED: Final = 6
"""Values that are not known, of which a link of 100 kB could hold ten thousand."""
POSITION: Final = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")
PAGE: Final = re.compile(r"[1-9][0-9]{0,4}")
SIDES: Final = 2


@dataclass(frozen=True)
class PageState:
    """All that a link carries. `language` and `view` are None where the reader has not chosen.

    `among` gathers projects into the list beside the map, and does not filter: places of
    `geo.layer.filters.PLACES`, or ids. `at` is a spot of the document, in code points, end excluded;
    `left` says whether the document shows what was left out of the map; `sort` and `page` are
    those of the list, and `compare` the two codes of one facet that stand side by side. `today`
    says that the map shows what became of each project instead of the plan.
    """

    filter: ProjectFilter = field(default_factory=ProjectFilter)
    project: str | None = None
    among: tuple[str, ...] = ()
    view: str | None = None
    at: tuple[int, int] | None = None
    left: bool = False
    sort: str = SORTS[0]
    page: int = 1
    compare: tuple[str, ...] = ()
    language: str | None = None
    basemap: str = "none"
    today: bool = False


@dataclass(frozen=True)
class UnknownValue:
    """A value in a link that names nothing here."""

    key: str
    value: str


def parse_query(
    query: Mapping[str, Sequence[str]], ids: Collection[str]
) -> tuple[PageState, tuple[UnknownValue, ...]]:
    """Return the state that a query asks for, and the first values in it that are not known.

    `query` maps each key to all its values; `ids` are the projects that exist.
    """
    unknown: list[UnknownValue] = []

    def known(key: str, codes: Collection[str]) -> tuple[str, ...]:
        asked = dict.fromkeys(query.get(key, ()))
        unknown.extend(_unknown(key, value) for value in asked if value not in codes)
        return tuple(value for value in asked if value in codes)

    def one(key: str, codes: Collection[str]) -> str | None:
        values = known(key, codes)
        return values[-1] if values else None

    facets: dict[str, Any] = {facet: known(facet, codes) for facet, codes in FACETS.items()}
    # A half of a pair could not be written to a link again; the rest no reader could have typed.
    search = replace_invisible(" ".join(query.get("q", ()))).strip()[:MAX_SEARCH_LENGTH].strip()
    state = PageState(
        filter=ProjectFilter(**facets, q=search, local=one("scope", SCOPES) == "local"),
        project=one("project", ids),
        among=_fewer(known("among", {*PLACES, *ids} if "among" in query else ())),
        view=one("view", VIEWS),
        at=_position(query.get("at", ()), unknown),
        left=one("left", ("1",)) == "1",
        sort=one("sort", (*SORTS, *(f"-{key}" for key in SORTS))) or SORTS[0],
        page=_page(query.get("page", ()), unknown),
        compare=_sides(query.get("compare", ()), unknown),
        language=one("lang", LANGUAGES),
        basemap=one("basemap", BASEMAP_CODES) or "none",
        today=one("show", MAP_MODES) == "today",
    )
    return state, tuple(unknown[:MAX_REPORTED])


def _unknown(key: str, value: str) -> UnknownValue:
    """Return a value that is not known as it can be shown: short, and with nothing hidden in it."""
    return UnknownValue(key, escape_invisible(value[:MAX_REPORTED_LENGTH]))


def _fewer(among: tuple[str, ...]) -> tuple[str, ...]:
    """Return the places, and no more ids than a link may hold."""
    places = [one for one in among if one in PLACES]
    return (*places, *[one for one in among if one not in PLACES][:MOST_IDS])


def _position(values: Sequence[str], unknown: list[UnknownValue]) -> tuple[int, int] | None:
    if not values:
        return None
    match = POSITION.fullmatch(values[-1])
    if match and int(match[1]) < int(match[2]):
        return int(match[1]), int(match[2])
    unknown.append(_unknown("at", values[-1]))
    return None


def _page(values: Sequence[str], unknown: list[UnknownValue]) -> int:
    if not values:
        return 1
    if PAGE.fullmatch(values[-1]):
        return int(values[-1])
    unknown.append(_unknown("page", values[-1]))
    return 1


def _sides(values: Sequence[str], unknown: list[UnknownValue]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(values))
    if not asked:
        return ()
    if len(asked) == SIDES and any(set(asked) <= set(FACETS[facet]) for facet in COMPARABLE):
        return asked
    unknown.append(_unknown("compare", " ".join(asked[:SIDES])))
    return ()


def write_query(state: PageState) -> dict[str, list[str]]:
    """Return the query of a state, without what is at its default."""
    query = {facet: list(state.filter.codes(facet)) for facet in FACETS}
    query |= {
        "q": [state.filter.q],
        "scope": ["local"] if state.filter.local else [],
        "project": [state.project or ""],
        "among": list(state.among),
        "view": [state.view or ""],
        "at": ["-".join(map(str, state.at))] if state.at and state.view == "document" else [],
        "left": ["1"] if state.left and state.view == "document" else [],
        "sort": [state.sort] if state.sort != SORTS[0] and state.view == "list" else [],
        "page": [str(state.page)] if state.page > 1 and state.view == "list" else [],
        "compare": list(state.compare) if state.view == "compare" else [],
        "lang": [state.language or ""],
        "basemap": [state.basemap] if state.basemap != "none" else [],
        "show": ["today"] if state.today else [],
    }
    return {key: values for key, values in query.items() if any(values)}


def url_query(state: PageState) -> str:
    """Return a state as a relative URL, such as "?sector=rail&project=s3"."""
    return "?" + urlencode(write_query(state), doseq=True)


QUERY_CODES: Final[Mapping[str, tuple[str, ...]]] = {**FACETS, "scope": SCOPES, "lang": LANGUAGES}
"""The keys of a query with the codes each takes; `q` takes any words."""

MAX_QUERY_LENGTH: Final = 2000
"""Characters of a query: every code of every facet, and the longest search, take fewer."""


@dataclass(frozen=True)
class ApiQuery:
    """What a query asks for; `language` is None where it names none."""

    filter: ProjectFilter
    language: str | None


def read_query(query: str) -> ApiQuery:
    """Return what a query string (without "?") asks for, in the words of the page's own links.

    Raises DataError that names each unknown key or value and what is allowed in its place.
    """
    if len(query) > MAX_QUERY_LENGTH:
        fault = Fault(
            "query-length", "the query", f"{len(query)} characters",
            f"are more than {MAX_QUERY_LENGTH}", "ask for less",
        )  # fmt: skip
        raise DataError([fault])
    asked = parse_qs(query, keep_blank_values=True)
    for key in PAGE_ONLY_KEYS:
        asked.pop(key, None)
    state, unknown = parse_query(asked, ())
    faults = [
        Fault(
            "query-value", "the query", quoted(f"{one.key}={one.value}"), "is not known",
            f"{one.key} is one of {', '.join(QUERY_CODES[one.key])}",
        )
        for one in unknown
    ]  # fmt: skip
    faults += _key_faults(asked)
    if faults:
        raise DataError(faults)
    return ApiQuery(state.filter, state.language)


def _key_faults(asked: Mapping[str, list[str]]) -> Iterator[Fault]:
    keys = (*QUERY_CODES, "q")
    for key in asked:
        if key not in keys:
            yield Fault(
                "query-key", "the query", quoted(key), "is no key",
                f"the keys are {', '.join(keys)}",
            )  # fmt: skip
    search = " ".join(asked.get("q", ()))
    if len(search) > MAX_SEARCH_LENGTH:
        yield Fault(
            "query-search", "the query", f"q of {len(search)} characters",
            f"is longer than {MAX_SEARCH_LENGTH}", "search for fewer words",
        )  # fmt: skip
