"""The first view of the page as HTML, without scripts: what the live page shows once it has loaded.

It is made of the same parts as the live page (`geo.page.main`), so that both show the same words.
Where the live page has widgets, this one has links and one form. Below the view it lists the
projects shown with the words of the document, for readers, crawlers and archives without scripts;
while scripts run, the style sheet hides that list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.core.i18n import LANGUAGES, Words
from geo.core.publication import approval
from geo.layer.codes import SECTOR
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS, WIDE_PLACE, FilterResult, in_place
from geo.layer.query import (
    MAP_MODES,
    MAX_SEARCH_LENGTH,
    PageState,
    url_query,
    views_offered,
    write_query,
)
from geo.text.marked_text import name_spans, split_runs
from geo.views import render
from geo.views.detail import panel_html, related_html
from geo.views.document import coverage_html, document_html, document_tools_html
from geo.views.list_view import Listing, list_html, listing
from geo.views.notices import (
    Download,
    chips_html,
    count_html,
    downloads_count_html,
    downloads_html,
    filters_button_html,
    header_html,
    local_text,
    nothing_shown_html,
    search_label,
    show_button_html,
)
from geo.views.summary import compare_html, compared, summary_parts


@dataclass(frozen=True)
class Choice:
    """A link that looks like an option of a widget; `chosen` says whether it is the current one."""

    label: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with its options; `value` is what its closed box shows."""

    label: str
    value: str
    choices: tuple[Choice, ...]


def first_view_html(
    dataset: Dataset,
    filtered: FilterResult,
    state: PageState,
    words: Words,
    *,
    picture: str,
    notes: Sequence[str],
    offered: Iterable[Download],
    feed: str,
    embeds: bool,
) -> str:
    """Return the first view. Links with the attribute data-merge are relative to the query.

    `picture` is the map as SVG, `notes` are notices as HTML, `offered` the downloads with the URLs
    of their files, and `feed` is the URL of the feed of events;
    `embeds` says whether other sites may embed the map.
    """
    shown = int(filtered.passed().sum())
    wide = int(in_place(filtered.shown, WIDE_PLACE).sum())
    found = listing(filtered.shown, state.sort, words.language, state.page)
    if not shown:
        notes = [*notes, nothing_shown_html(filtered, words)]
    return render(
        "first_view",
        words=words,
        header=header_html(words),
        languages=_languages(state, words),
        button=filters_button_html(state, words),
        count=count_html(filtered, words),
        views=_views(state, words),
        chips=chips_html(state, words),
        notes=notes,
        picture=picture,
        approval=approval(words.language),
        today=_map_modes(state, words) if dataset.since else (),
        wide=words("map-wide", count=str(wide)) if wide else "",
        wide_place=WIDE_PLACE,
        instead=instead_html(dataset, filtered, state, words),
        panel=panel_html(dataset, filtered, state, words),
        related=related_html(dataset, state, words) if state.project else "",
        document=_document(dataset, state, words),
        downloads=downloads_count_html(shown, words)
        + downloads_html(offered, feed, shown, words, embeds=embeds),
        facets=[_facet(facet, filtered, state, words) for facet in dataset.offered],
        local=_local(filtered, state, words),
        close=show_button_html(shown, words),
        active=state.filter.active,
        reset=url_query(replace(state, filter=type(state.filter)(), among=(), page=1)),
        hidden=_hidden_fields(state),
        longest=MAX_SEARCH_LENGTH,
        query=state.filter.q,
        search_label=search_label(state.filter, words),
        rows=[
            # The whole text is there already, with all names marked.
            _clause_row(dataset, project_id, words, quoted=state.view != "document")
            for project_id in found.ids
        ],
        pages=_pages(found, state),
    )


def _languages(state: PageState, words: Words) -> list[Choice]:
    return [
        Choice(
            words(f"language-{code}"),
            url_query(replace(state, language=code)),
            code == words.language,
        )
        for code in LANGUAGES
    ]


def _views(state: PageState, words: Words) -> list[Choice]:
    return [
        Choice(
            words.label("view", code or "map"),
            url_query(replace(state, view=code, at=None)),
            state.view == code,
        )
        for code in (None, *views_offered(state))
    ]


def _map_modes(state: PageState, words: Words) -> list[Choice]:
    return [
        Choice(
            words.label("today", mode),
            url_query(replace(state, today=bool(number))),
            state.today == bool(number),
        )
        for number, mode in enumerate(MAP_MODES)
    ]


def _facet(facet: str, filtered: FilterResult, state: PageState, words: Words) -> Facet:
    codes = state.filter.codes(facet)
    choices = []
    for code, count in filtered.counts(facet).items():
        label = words.label(facet, code)
        others = [other for other in codes if other != code]
        then = others if code in codes else [*codes, code]
        chosen = state.filter.with_codes(facet, [one for one in FACETS[facet] if one in then])
        choices.append(
            Choice(
                words("option-count", label=label, count=count),
                url_query(replace(state, filter=chosen, page=1)),
                code in codes,
            )
        )
    value = words("list-separator").join(words.label(facet, code) for code in codes)
    return Facet(words(f"facet-{facet}"), value or words("facet-all"), tuple(choices))


def _local(filtered: FilterResult, state: PageState, words: Words) -> Choice | None:
    label = local_text(filtered, state, words)
    if not label:
        return None
    then = replace(state.filter, local=not state.filter.local)
    return Choice(label, url_query(replace(state, filter=then, page=1)), state.filter.local)


def _hidden_fields(state: PageState) -> list[tuple[str, str]]:
    """Return the rest of the state as the fields that a search sends along."""
    without = replace(state, filter=replace(state.filter, q=""), among=(), page=1)
    return [
        (key, value) for key, values in write_query(without).items() for value in values if value
    ]


def instead_html(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the view that replaces the map, as tables and lists; "" while the map is shown."""
    if state.view == "list":
        return list_html(dataset, filtered, state, words)
    if state.view == "coverage":
        return coverage_html(dataset, words)
    if state.view == "compare":
        _, codes = compared(state)
        return compare_html(dataset, state, codes, words, dark=False)
    if state.view == "summary":
        parts = summary_parts(dataset, filtered.shown, state, words, charts=False)
        return "".join(part for part in parts if isinstance(part, str))
    return ""


def _document(dataset: Dataset, state: PageState, words: Words) -> str:
    if state.view != "document":
        return ""
    return document_tools_html(dataset, state, words) + document_html(dataset, words)


def _clause_row(
    dataset: Dataset, project_id: str, words: Words, *, quoted: bool
) -> Mapping[str, Any]:
    """Return a project with the sentence of the document that names it, if it is `quoted`."""
    project = dataset.projects[project_id]
    anchor = project.anchors[0]
    document = dataset.documents[anchor.document]
    marks = [(anchor.span, project.id)]
    marks += [(span, project.id) for span in name_spans(anchor, project.name_zh)]
    return {
        "id": project_id,
        "name": words.name(project),
        "family": SECTOR[project.sector].family,
        "facts": words("map-separator").join(
            (
                words.label("sector", project.sector),
                words.label("stage", project.stage),
                words.counties(project.counties),
                words(project.place_key),
            )
        ),
        "source": words("detail-source", clause=anchor.clause),
        "sentence": list(split_runs(document, document.sentence(anchor.span), marks))
        if quoted
        else [],
    }


def _pages(found: Listing, state: PageState) -> list[Choice]:
    """Return links to the pages of the list of projects; empty if there is only one."""
    numbers = range(1, found.pages + 1) if found.pages > 1 else ()
    return [
        Choice(
            str(number), url_query(replace(state, view="list", page=number)), number == found.page
        )
        for number in numbers
    ]


LONGEST_DESCRIPTION: Final = 300
"""The most characters of a description; search engines and messengers show fewer."""


def page_title(dataset: Dataset, state: PageState, words: Words) -> str:
    """Return the title of the page: the selected project or the filter, then the map's title."""
    parts = [words("title")]
    if state.project:
        parts.insert(0, words.name(dataset.projects[state.project]))
    elif state.filter.active:
        parts.insert(0, filter_text(state, words))
    elif state.view:
        parts.insert(0, words.label("view", state.view))
    return words("page-title-separator").join(parts)


def filter_text(state: PageState, words: Words) -> str:
    """Return the chosen values of the filter as text; "" if there are none."""
    parts = [words.label(facet, code) for facet in FACETS for code in state.filter.codes(facet)]
    if state.filter.search:
        parts.append(words("page-title-search", query=state.filter.search))
    if state.filter.local:
        parts.append(words("scope-local"))
    return words("list-separator").join(parts)


def page_description(
    dataset: Dataset, filtered: FilterResult, state: PageState, words: Words
) -> str:
    """Return what a preview of the page's link says: the document's words, or the count."""
    if state.project:
        anchor = dataset.projects[state.project].anchors[0]
        document = dataset.documents[anchor.document]
        sentence = document.slice(document.sentence(anchor.span))
        source = words("detail-source", clause=anchor.clause)
        told = words("page-description-project", source=source, sentence=sentence)
    else:
        passed = filtered.passed()
        count = words("project-count", shown=int(passed.sum()), total=len(passed))
        about = filter_text(state, words) or words("guide-about")
        told = words("page-description", subtitle=words("subtitle"), count=count, about=about)
    return told if len(told) <= LONGEST_DESCRIPTION else told[: LONGEST_DESCRIPTION - 1] + "…"
