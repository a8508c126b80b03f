"""URL queries: they carry the state of the page, and the API takes the same keys.

Codes are ASCII and the same in both languages. The page ignores and reports unknown values
(`parse_query`); the API refuses them (`read_query`).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from geo.core.faults import DataError, Fault, escape_invisible, quoted, replace_invisible
from geo.layer.codes import CRS_CODES
from geo.layer.filters import FACETS, MOST_IDS, OFFERED, PLACES, ProjectFilter

LANGUAGES: Final = ("zh", "en")
VIEWS: Final = ("list", "summary", "document", "compare", "coverage")
VIEWS_OFFERED: Final = tuple(view for view in VIEWS if view != "compare" or "county" in OFFERED)
"""The views that a page offers; with a single county there is nothing to compare it with."""
SCOPES: Final = ("all", "local")
BASEMAP_CODES: Final = ("none", "tianditu", "tianditu_imagery", "amap", "osm")
SORTS: Final = ("clause", "name", "sector", "stage", "since", "county", "precision")
"""Sort keys of the list; a "-" before one reverses the order."""
COMPARABLE: Final = ("county", "sector")
"""The facets of which two codes can be compared."""
MAP_MODES: Final = ("plan", "today")
"""What the symbols on the map show: the plan of the decision, or what became of it."""
FRAMES: Final = ("map",)
"""How much of the page is shown within a page of another site: the map and its filters."""
PAGE_ONLY_KEYS: Final = (
    "frame", "project", "among", "view", "at", "left", "sort", "page", "compare", "basemap", "show",
)  # fmt: skip
"""Keys of a link that do not change which projects are shown."""
MAX_SEARCH_LENGTH: Final = 100
"""Maximum length of a search; no name or phrase of the document is longer."""
MAX_REPORTED_LENGTH: Final = 40
"""Maximum length at which an unknown value is reported: twice the longest code."""
MAX_REPORTED: Final = 6
"""Maximum number of unknown values reported; a link of 100 kB could have ten thousand."""
POSITION: Final = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")
PAGE: Final = re.compile(r"[1-9][0-9]{0,4}")
SIDES: Final = 2


@dataclass(frozen=True)
class PageState:
    """The state of the page, as a link carries it.

    `language` and `view` are None if the reader has not chosen one. `among` gathers projects in the
    list beside the map, without filtering: places of `geo.layer.filters.PLACES`, or ids. `at` is a
    range of code points in the document, end excluded; `left` makes the document show what was left
    out of the map. `sort` and `page` belong to the list; `compare` is the two codes of one facet
    that are compared. `today` makes the map show what became of each project, not the plan. `framed`
    leaves only the map and its filters, for a page of another site.
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
    framed: bool = False


def views_offered(state: PageState) -> tuple[str, ...]:
    """Return the views to choose from: those offered, and the one that a link has opened."""
    return tuple(view for view in VIEWS if view in VIEWS_OFFERED or view == state.view)


@dataclass(frozen=True)
class UnknownValue:
    """A value in a link that is not a known code or id."""

    key: str
    value: str


def parse_query(
    query: Mapping[str, Sequence[str]], ids: Collection[str]
) -> tuple[PageState, tuple[UnknownValue, ...]]:
    """Return the state that a query asks for, and the first unknown values in it.

    `query` maps each key to all its values; `ids` are those of the existing projects.
    """
    unknown: list[UnknownValue] = []

    def known(key: str, codes: Collection[str]) -> tuple[str, ...]:
        asked = dict.fromkeys(query.get(key, ()))
        unknown.extend(_unknown(key, value) for value in asked if value not in codes)
        return tuple(value for value in asked if value in codes)

    def last_known(key: str, codes: Collection[str]) -> str | None:
        values = known(key, codes)
        return values[-1] if values else None

    facets: dict[str, Any] = {facet: known(facet, codes) for facet, codes in FACETS.items()}
    # A lone surrogate cannot be written to a link; other invisible characters are not typed.
    search = replace_invisible(" ".join(query.get("q", ()))).strip()[:MAX_SEARCH_LENGTH].strip()
    state = PageState(
        filter=ProjectFilter(**facets, q=search, local=last_known("scope", SCOPES) == "local"),
        project=last_known("project", ids),
        among=_limited(known("among", {*PLACES, *ids} if "among" in query else ())),
        view=last_known("view", VIEWS),
        at=_position(query.get("at", ()), unknown),
        left=last_known("left", ("1",)) == "1",
        sort=last_known("sort", (*SORTS, *(f"-{key}" for key in SORTS))) or SORTS[0],
        page=_page(query.get("page", ()), unknown),
        compare=_sides(query.get("compare", ()), unknown),
        language=last_known("lang", LANGUAGES),
        basemap=last_known("basemap", BASEMAP_CODES) or "none",
        today=last_known("show", MAP_MODES) == "today",
        framed=last_known("frame", FRAMES) == "map",
    )
    return state, tuple(unknown[:MAX_REPORTED])


def _unknown(key: str, value: str) -> UnknownValue:
    """Return an unknown value in a form that can be shown: shortened and escaped."""
    return UnknownValue(key, escape_invisible(value[:MAX_REPORTED_LENGTH]))


def _limited(among: tuple[str, ...]) -> tuple[str, ...]:
    """Return all places, and the first `MOST_IDS` ids."""
    places = [name for name in among if name in PLACES]
    return (*places, *[name for name in among if name not in PLACES][:MOST_IDS])


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
    """Return the query of a state, without default values."""
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
        "frame": ["map"] if state.framed else [],
    }
    return {key: values for key, values in query.items() if any(values)}


def url_query(state: PageState) -> str:
    """Return a state as a relative URL, such as "?sector=rail&project=s3"."""
    return "?" + urlencode(write_query(state), doseq=True)


def merge_query(state: PageState, link: str) -> str:
    """Return a relative URL with the state, in which the values of a link replace its own.

    An empty value removes a key. The page's scripts do the same (views/static/links.js).
    """
    query = write_query(state)
    # A link to a project drops the linked spot of the text; any other goes to the first page.
    query.pop("at" if link.startswith("?project=") else "page", None)
    asked = parse_qs(link.removeprefix("?"), keep_blank_values=True)
    merged = {key: values for key, values in query.items() if key not in asked and any(values)}
    merged |= {key: kept for key, values in asked.items() if (kept := list(filter(None, values)))}
    return "?" + urlencode(merged, doseq=True)


QUERY_CODES: Final[Mapping[str, tuple[str, ...]]] = {
    **FACETS,
    "scope": SCOPES,
    "lang": LANGUAGES,
    "crs": CRS_CODES,
}
"""The keys of an API query with the codes that each accepts; `q` accepts any words."""

MAX_QUERY_LENGTH: Final = 2000
"""Maximum length of a query; all codes of all facets and the longest search are shorter."""


@dataclass(frozen=True)
class ApiQuery:
    """The values of an API query; `language` and `crs` are None if the query names none."""

    filter: ProjectFilter
    language: str | None
    crs: str | None


def read_query(query: str) -> ApiQuery:
    """Return the values of a query string (without "?"), which has the keys of the page's links.

    Raises DataError with each unknown key or value, and what is allowed instead.
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
    # The page has no coordinate system, so its parser does not know the key.
    systems = asked.get("crs", [])
    foreign = [_unknown("crs", code) for code in systems if code not in CRS_CODES]
    unknown = (*unknown, *foreign)[:MAX_REPORTED]
    faults = [
        Fault(
            "query-value", "the query", quoted(f"{pair.key}={pair.value}"), "is not known",
            f"{pair.key} is one of {', '.join(QUERY_CODES[pair.key])}",
        )
        for pair in unknown
    ]  # fmt: skip
    faults += _key_faults(asked)
    if faults:
        raise DataError(faults)
    return ApiQuery(state.filter, state.language, systems[-1] if systems else None)


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
