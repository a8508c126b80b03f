"""The state of the page in words: title, count, active filters, downloads, notices and faults."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final, Protocol

from geo.core.faults import Fault
from geo.core.i18n import Words
from geo.layer.filters import FACETS, FilterResult
from geo.layer.projects import Project
from geo.layer.query import PageState, UnknownValue, url_query
from geo.views import render

MOST_FAULTS: Final = 50
"""Faults on the page; `python -m geo` prints all of them."""


class Format(Protocol):
    """A format that can be downloaded; `geo.exports.formats` has all of them."""

    @property
    def code(self) -> str:
        """Its code, by which the catalogue describes it."""

    @property
    def name(self) -> str:
        """Its own name."""

    @property
    def least(self) -> int:
        """How many projects a file of it must hold."""


Download = tuple[Format, str]
"""A format and the address of its file."""


def header_html(words: Words) -> str:
    """Return the title and the subtitle."""
    return render("header", words=words)


def count_html(shown: int, total: int, unmapped: int, words: Words) -> str:
    """Return how many projects are shown of how many, and how many of these are not mapped."""
    return render("count", words=words, shown=shown, total=total, unmapped=unmapped)


def filters_button_html(state: PageState, words: Words) -> str:
    """Return the button that opens and closes the filters, with the number of active ones."""
    return render("filters_button", words=words, active=state.filter.active)


def show_button_html(shown: int, words: Words) -> str:
    """Return the button at the foot of the filters that goes back to the map."""
    return render("show_button", words=words, shown=shown)


def chips_html(state: PageState, words: Words) -> str:
    """Return a chip for each active filter, which removes it, and the button that copies the link."""
    return render("chips", words=words, chips=list(_chips(state, words)))


def _chips(state: PageState, words: Words) -> Iterator[tuple[str, str, str]]:
    """Yield (facet, label, address without it) for each active filter."""
    chosen = state.filter
    for facet in FACETS:
        codes = chosen.codes(facet)
        for code in codes:
            without = chosen.with_codes(facet, [one for one in codes if one != code])
            yield (
                words(f"facet-{facet}"),
                words.label(facet, code),
                url_query(replace(state, filter=without, page=1)),
            )
    if chosen.q:
        without = replace(chosen, q="")
        yield words("facet-q"), chosen.q, url_query(replace(state, filter=without, page=1))
    if chosen.local:
        without = replace(chosen, local=False)
        yield (
            words("scope"),
            words("scope-local"),
            url_query(replace(state, filter=without, page=1)),
        )


def downloads_count_html(shown: int, words: Words) -> str:
    """Return how many projects a download holds now."""
    return render("downloads_count", words=words, shown=shown)


def downloads_html(offered: Iterable[Download], shown: int, words: Words) -> str:
    """Return a link for each format; one that cannot hold so few projects is named without a link.

    `offered` are formats with their addresses. The browser adds the filter to each address
    (static/links.js): it is that of the page, and so need not be sent nine times.
    """
    files = [
        (one.name, href if shown >= one.least else "", words(f"format-{one.code}"))
        for one, href in offered
    ]
    return render("downloads", words=words, files=files)


def unknown_html(
    unknown: tuple[UnknownValue, ...], projects: Mapping[str, Project], words: Words
) -> str:
    """Return which values of a link are not known, and projects whose ids are close to one of them."""
    # Each is compared with every id there is, so only the last: it is the one that was meant.
    gone = [one.value for one in unknown if one.key == "project"][-1:]
    close = [name for value in gone for name in get_close_matches(value, projects)]
    values = words("list-separator").join(f"{one.key}={one.value}" for one in unknown)
    found = [(name, words.name(projects[name])) for name in close]
    return render("unknown", words=words, values=values, found=found)


def loosen_text(filtered: FilterResult, words: Words) -> str:
    """Return what to give up where no project passes, and how many projects that would bring."""
    ways = [
        words("loosen", facet=words(f"facet-{name}", count=0), count=count)
        for name, count in filtered.counts_without_each().items()
        if count
    ]
    return " ".join([words("nothing-shown"), *ways])


def faults_html(faults: tuple[Fault, ...], heading: str, words: Words) -> str:
    """Return what is wrong with the data, and the cure of each fault."""
    return render("faults", words=words, heading=words(heading), faults=faults[:MOST_FAULTS])
