"""The selection: the projects that a filter shows, from which all downloads are made."""

from dataclasses import dataclass, field, replace
from typing import Final

import geopandas as gpd

from geo.core.i18n import NONE, text
from geo.core.wording import wording_at_start
from geo.layer.base_layers import CRS
from geo.layer.codes import CGCS2000, WGS84, CoordinateSystem
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS, ProjectFilter
from geo.layer.projects import Project
from geo.layer.query import PageState, url_query

LICENCE: Final = wording_at_start().licence
LICENCE_URL: Final = wording_at_start().licence_url
"""The licence of the data; both are empty if the home states none."""


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
    crs: str


@dataclass(frozen=True)
class Selection:
    """The projects that a filter shows, in layer order, unmapped ones included.

    `system` is the coordinate reference system in which a file gives their geometry.
    """

    dataset: Dataset = field(repr=False, compare=False)
    filter: ProjectFilter
    projects: tuple[Project, ...]
    system: CoordinateSystem = WGS84

    @property
    def query(self) -> str:
        """The filter as in a link to the page, without "?"; "" if nothing is filtered."""
        return url_query(PageState(filter=self.filter)).removeprefix("?")

    def geometries(self) -> gpd.GeoSeries:
        """Return the geometry of each project in `system`, None for unmapped ones.

        x comes before y: longitude, latitude or easting, northing. WGS 84 is read as CGCS2000
        without a change of datum: at the epoch of CGCS2000 they agree within centimetres, and PROJ
        has no transformation between them. So only the projection is computed.
        """
        shapes = gpd.GeoSeries([project.geometry for project in self.projects], crs=CRS)
        if self.system == WGS84:
            return shapes
        if self.system.is_cgcs2000:
            shapes = shapes.set_crs(CGCS2000.code, allow_override=True)
        return shapes.to_crs(self.system.code)

    def stamp(self, language: str) -> Stamp:
        """Return the stamp, with its texts in "zh" or "en"."""
        dataset, document = self.dataset, self.dataset.document
        adopted = document.about["adopted"]
        return Stamp(
            title=text(language, "title"),
            as_of=adopted,
            projects=len(self.projects),
            unmapped=sum(not project.mapped for project in self.projects),
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
                issuer=document.issuer(language) or NONE,
                document=document.title(language),
                adopted=adopted,
            ),
            crs=f"{self.system.code} {self.system.name(language)}",
        )


def select(dataset: Dataset, chosen: ProjectFilter) -> Selection:
    """Return the projects of a dataset that a filter shows.

    The filter is put in canonical form, so that the same choices, made in another order, give the
    same stamp and the same bytes.
    """
    canonical = replace(chosen, q=chosen.search)
    for facet, codes in FACETS.items():
        asked = chosen.codes(facet)
        canonical = canonical.with_codes(facet, [code for code in codes if code in asked])
    shown = canonical.apply(dataset.frame).index
    return Selection(dataset, canonical, tuple(dataset.projects[project] for project in shown))
