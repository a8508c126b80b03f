"""The parts around the map: title, count, active filters, downloads, notices and faults."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final, Protocol
from urllib.parse import urlencode

from markupsafe import Markup

from geo.core.faults import Fault
from geo.core.i18n import Words
from geo.layer.codes import SYSTEMS, CoordinateSystem
from geo.layer.filters import FACETS, FilterResult, ProjectFilter
from geo.layer.projects import Project
from geo.layer.query import PageState, UnknownValue, url_query
from geo.views import render

MOST_FAULTS: Final = 50
"""The most faults shown on the page; `python -m geo` prints all of them."""


FILTER_NAMES: Final = {"local": "scope-local"}
"""The messages that name a filter, where that is not the label of its control."""


class Format(Protocol):
    """What this module needs to know of a download format; see `geo.exports.formats`."""

    @property
    def code(self) -> str:
        """Its code, part of the key of its description in the catalogues."""

    @property
    def name(self) -> str:
        """Its name, the same in every language."""

    @property
    def least(self) -> int:
        """The smallest number of projects that a file of this format can have."""

    @property
    def systems(self) -> tuple[CoordinateSystem, ...]:
        """The coordinate reference systems in which it can be written, the default first."""


Download = tuple[Format, str]
"""A format and the URL of its file."""


def header_html(words: Words) -> str:
    """Return the title and the subtitle."""
    return render("header", words=words)


def count_html(filtered: FilterResult, words: Words) -> str:
    """Return how many projects a filter shows of all, and how many of them are not on the map."""
    passed = filtered.passed()
    return render(
        "count", words=words, shown=int(passed.sum()), total=len(passed), unmapped=filtered.unmapped
    )


def filters_button_html(state: PageState, words: Words) -> str:
    """Return the button that opens and closes the filters, with the number of active ones."""
    return render("filters_button", words=words, active=state.filter.active)


def show_button_html(shown: int, words: Words) -> str:
    """Return the button below the filters that goes back to the map."""
    return render("show_button", words=words, shown=shown)


def chips_html(state: PageState, words: Words) -> str:
    """Return the chips that remove one active filter each, and the button that copies the link."""
    # Not "?…", which the scripts would follow within the frame.
    whole = f"./{url_query(replace(state, framed=False))}" if state.framed else ""
    return render("chips", words=words, chips=list(_chips(state, words)), whole=whole)


def _chips(state: PageState, words: Words) -> Iterator[tuple[str, str, str]]:
    """Yield (facet, label, link that removes it) for each active filter."""
    chosen = state.filter
    for facet in FACETS:
        codes = chosen.codes(facet)
        for code in codes:
            without = chosen.with_codes(facet, [other for other in codes if other != code])
            yield (
                words(f"facet-{facet}"),
                words.label(facet, code),
                url_query(replace(state, filter=without, page=1)),
            )
    if chosen.search:
        without = replace(chosen, q="")
        yield words("facet-q"), chosen.search, url_query(replace(state, filter=without, page=1))
    if chosen.local:
        without = replace(chosen, local=False)
        yield (
            words("scope"),
            words("scope-local"),
            url_query(replace(state, filter=without, page=1)),
        )


def search_label(chosen: ProjectFilter, words: Words) -> str:
    """Return the label of the search box, which asks for more than a single Latin letter."""
    return words("facet-q-letter" if chosen.has_single_letter else "facet-q")


def downloads_count_html(shown: int, words: Words) -> str:
    """Return the text with the number of projects that a download contains."""
    return render("downloads_count", words=words, shown=shown)


SNIPPET: Final = Markup(
    '<iframe src="{{address}}" title="{title}" width="100%" height="600" style="border:0" '
    'loading="lazy" referrerpolicy="strict-origin-when-cross-origin" sandbox="allow-scripts '
    'allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox">'
)
"""The markup that shows the map within a page; the browser fills in the address and adds the end
(static/links.js), because Streamlit drops an attribute that holds the end of a frame.
The map needs its scripts and, for the frame within it, its own origin; its links open new pages."""


def downloads_html(
    offered: Iterable[Download], feed: str, shown: int, words: Words, *, embeds: bool
) -> str:
    """Return a link for each format, or only its name if `shown` projects are too few for it.

    `offered` are the formats with their URLs, `feed` is the URL of the feed of events, and `embeds`
    says whether other sites may embed the map. The browser adds the page's filter to each URL
    (static/links.js), so that it is not sent with every link. A folded table has the formats that
    can be written in several coordinate systems.
    """
    formats = list(offered)
    files = [
        (one.name, href if shown >= one.least else "", words(f"format-{one.code}"))
        for one, href in formats
    ]
    systems = [
        (system, [(one.name, _with_crs(href, system)) for one, href in formats if one.systems[1:]])
        for system in SYSTEMS
    ]
    snippet = SNIPPET.format(title=words("title")) if embeds else ""
    return render(
        "downloads", words=words, files=files, systems=systems, feed=feed, snippet=snippet
    )


def _with_crs(href: str, system: CoordinateSystem) -> str:
    return f"{href}{'&' if '?' in href else '?'}{urlencode({'crs': system.code})}"


def unknown_html(
    unknown: tuple[UnknownValue, ...], projects: Mapping[str, Project], words: Words
) -> str:
    """Return a notice of the unknown values in a link, with projects of a similar id."""
    # Only the last one, which takes effect, because each is compared with every existing id.
    unknown_ids = [one.value for one in unknown if one.key == "project"][-1:]
    similar = [close for value in unknown_ids for close in get_close_matches(value, projects)]
    values = words("list-separator").join(f"{one.key}={one.value}" for one in unknown)
    found = [(project_id, words.name(projects[project_id])) for project_id in similar]
    return render("unknown_values", words=words, values=values, found=found)


def local_text(filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the label of the switch that hides city-wide projects; "" if there are none to hide."""
    count = filtered.wide()
    if count:
        return words("facet-local", count=count)
    # While it is on it can be switched off, although other filters leave it nothing to hide.
    return words("scope-local") if state.filter.local else ""


def nothing_shown_html(filtered: FilterResult, words: Words) -> str:
    """Return the notice that nothing matches, and the count without each of the filters."""
    ways = [
        words("loosen", facet=words(FILTER_NAMES.get(name, f"facet-{name}")), count=count)
        for name, count in filtered.counts_without_each().items()
        if count
    ]
    text = words("sentence-separator").join([words("nothing-shown"), *ways])
    return render("note", text=text)


def data_notice_html(current_on: dt.date | None, faults: tuple[Fault, ...], words: Words) -> str:
    """Return the notice that the newest data cannot be shown.

    `current_on` is the day of the data that is shown instead, or None if there is none. `faults`
    are listed with their cures; they are for the person who runs the app (`geo.web.same_machine`),
    and empty for everyone else.
    """
    sentence = words("data-late", date=current_on.isoformat()) if current_on else words("data-away")
    return render(
        "data_notice",
        words=words,
        sentence=sentence,
        shown=current_on is not None,
        faults=faults[:MOST_FAULTS],
    )
