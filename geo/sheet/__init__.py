"""A sheet for the wall: the projects of a filter on A3, as PDF or as pictures.

Data flows one way::

    dataset ── ground (metres, EPSG:32648) ──▶ frame, inset ── what part, at which scale
                                                      │
    filter ── listing (numbers) ── anchors ──▶ placing ── where each number stands
                                                      │
    signatures ── style ── pen ── marks ── drawing ──▶ plan ── one map, drawn and labelled
                                                      │
                                   compose ── everything the sheet says
                                                      │
                                  typeset, sheet.typ ── PDF or PNG

`marks` draws one line, area or sign, on the maps and in the legend (`key`); `line_names` writes the
names of lines along them; `measure` says how wide words are; `command` is `python -m geo print`.
"""

from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from geo.sheet import typeset
from geo.sheet.compose import compose


def sheet_pdf(dataset: Dataset, project_filter: ProjectFilter, language: str) -> bytes:
    """Return the sheet of what a filter leaves as a PDF, in "zh" or "en"; A3, vectors, fonts inside."""
    return typeset.pdf(compose(dataset, project_filter, language))


def sheet_png(dataset: Dataset, project_filter: ProjectFilter, language: str) -> tuple[bytes, ...]:
    """Return the pages of the same sheet as PNG, 300 dots per inch (4961 × 3508 each)."""
    return typeset.png(compose(dataset, project_filter, language))
