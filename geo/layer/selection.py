"""The selection: the projects that a filter shows, from which all downloads are made."""

from dataclasses import dataclass, field, replace
from typing import Final

from geo.core.i18n import text
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS, ProjectFilter
from geo.layer.projects import Project
from geo.layer.query import PageState, url_query

LICENCE: Final = "ODbL 1.0"
LICENCE_URL: Final = "https://opendatacommons.org/licenses/odbl/1-0/"


@dataclass(frozen=True)
class Stamp:
    """The provenance and content of a download; every format states the same values.

    `as_of` is the day on which the decision was adopted, for which the stages hold. The current
    date is never used.
    """

    title: str
    as_of: str
    projects: int
    unmapped: int
    query: str
    data_version: str
    document: str
    document_sha256: str
    licence: str
    licence_url: str
    attribution: str
    citation: str


@dataclass(frozen=True)
class Selection:
    """The projects that a filter shows, in layer order, unmapped ones included."""

    dataset: Dataset = field(repr=False, compare=False)
    filter: ProjectFilter
    projects: tuple[Project, ...]

    @property
    def query(self) -> str:
        """The filter as in a link to the page, without "?"; "" if nothing is filtered."""
        return url_query(PageState(filter=self.filter)).removeprefix("?")

    def stamp(self, language: str) -> Stamp:
        """Return the stamp, with its texts in "zh" or "en"."""
        dataset, document = self.dataset, self.dataset.document
        adopted = document.about["adopted"]
        return Stamp(
            title=text(language, "title"),
            as_of=adopted,
            projects=len(self.projects),
            unmapped=sum(project.geometry is None for project in self.projects),
            query=self.query,
            data_version=dataset.version,
            document=document.id,
            document_sha256=document.sha256,
            licence=LICENCE,
            licence_url=LICENCE_URL,
            attribution=text(language, "map-attribution"),
            citation=text(
                language,
                "export-citation",
                title=text(language, "title"),
                version=dataset.version,
                issuer=document.issuer(language),
                document=document.title(language),
                adopted=adopted,
                licence=LICENCE,
            ),
        )


def select(dataset: Dataset, chosen: ProjectFilter) -> Selection:
    """Return the projects of a dataset that a filter shows.

    The filter is put in canonical form, so that the same choices, made in another order, give the
    same stamp and the same bytes.
    """
    canonical = replace(chosen, q=" ".join(chosen.q.split()))
    for facet, codes in FACETS.items():
        asked = chosen.codes(facet)
        canonical = canonical.with_codes(facet, [code for code in codes if code in asked])
    shown = canonical.apply(dataset.frame).index
    return Selection(dataset, canonical, tuple(dataset.projects[project] for project in shown))
