"""Citations of a project and of its clause: in words, by GB/T 7714-2015, and as BibTeX.

GB/T 7714-2015 asks for the type of what is cited and its carrier. The project is cited as an entry of
a data set that is read online, [DS/OL]. The clause is cited as [Z/OL]: a decision of a committee is
none of the types with a letter of their own, and the home says only who published it, not whether
that is a newspaper with pages. Both need the day on which they were read and an address, which
only the browser knows (static/citation.js). GB/T 7714 is written in the language of what is cited,
so it is the same for all readers.

BibTeX has no type for either, so both are @misc, which every style knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.core.i18n import NONE, Words
from geo.layer.projects import Project
from geo.text.document import Document, stated
from geo.views import render

TODAY, PROJECT, SPOT = "{today}", "{project}", "{spot}"
"""What the browser fills in: today's date (YYYY-MM-DD), and the addresses of the project and of its
clause."""

TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "{}%#$&_"},
    }
)  # fmt: skip
"""What has a meaning in TeX, and how it is written as itself."""


@dataclass(frozen=True)
class Citation:
    """A citation in one style, with what the browser fills in, and the same without that."""

    style: str
    template: str
    text: str


def citations(
    document: Document, project: Project, version: str, words: Words
) -> Iterator[Citation]:
    """Yield the citations of a project in each style; `version` is that of the data."""
    yield Citation("words", *2 * (in_words(document, project, words),))
    for style, write in (
        ("project", gbt_project), ("clause", gbt_clause), ("bibtex", bibtex),
    ):  # fmt: skip
        yield Citation(
            style, *(write(document, project, version, words, online=one) for one in (True, False))
        )


def citation_html(document: Document, project: Project, version: str, words: Words) -> str:
    """Return the citations with a menu of their styles, as HTML."""
    anchor = project.anchors[0]
    return render(
        "citation",
        words=words,
        citations=list(citations(document, project, version, words)),
        project=f"?project={project.id}",
        spot=f"?view=document&at={anchor.start}-{anchor.end}",
    )


def in_words(document: Document, project: Project, words: Words) -> str:
    """Return the citation of the clause as a sentence."""
    anchor = project.anchors[0]
    return words(
        "citation",
        issuer=document.issuer(words.language) or NONE,
        title=document.title(words.language),
        adopted=document.about["adopted"],
        clause=anchor.clause,
        exact=anchor.exact,
    )


CHINESE: Final = Words("zh")


def gbt_project(
    _document: Document, project: Project, version: str, _words: Words, *, online: bool
) -> str:
    """Return the project by GB/T 7714: author. title: other title information[type]. [read]. URL."""
    title = CHINESE("title")
    author = CHINESE("cite-author", title=title)
    source = CHINESE("cite-version", title=title, version=version)
    read = f"[{TODAY}]. {PROJECT}." if online else ""
    return f"{author}. {project.name_zh}: {source}[DS/OL]. {read}".strip()


def gbt_clause(
    document: Document, project: Project, _version: str, _words: Words, *, online: bool
) -> str:
    """Return the clause by GB/T 7714: author. title[type]. publisher, day: passage[read]. URL.

    An author or a publisher that is not stated is left out.
    """
    about = document.about
    passage = passage_text(project, Words(document.language))
    read = f"[{TODAY}]. {SPOT}" if online else ""
    author = ". ".join(filter(None, (stated(about["issuer"]), about["title"])))
    issued = ", ".join(filter(None, (stated(about["publisher"]), about["published"])))
    return f"{author}[Z/OL]. {issued}: {passage}{read}."


def passage_text(project: Project, words: Words) -> str:
    """Return where the quote is: the clause, and its characters in the text (from 0, end excluded)."""
    anchor = project.anchors[0]
    return words("cite-passage", clause=anchor.clause, start=str(anchor.start), end=str(anchor.end))


def bibtex(
    document: Document, project: Project, version: str, words: Words, *, online: bool
) -> str:
    """Return two BibTeX entries (UTF-8), of the project and of its clause."""
    about, anchor = document.about, project.anchors[0]
    title = words("title")
    year, month, day = about["published"].split("-")
    entries = (
        (
            project.id,
            {
                "author": f"{{{tex(words('cite-author', title=title))}}}",
                "title": f"{{{tex(words.name(project))}}}",
                "howpublished": tex(words("cite-version", title=title, version=version)),
            },
            PROJECT,
        ),
        (
            f"{document.id}:{anchor.start}-{anchor.end}",
            {
                "author": f"{{{tex(document.issuer(words.language))}}}",
                "title": f"{{{tex(document.title(words.language))}}}",
                "howpublished": tex(document.publisher(words.language)),
                "year": year,
                "month": str(int(month)),
                "day": str(int(day)),
                "note": tex(f"{passage_text(project, words)}: {anchor.exact}"),
            },
            SPOT,
        ),
    )
    return "\n".join(
        _entry(key, fields | ({"url": address, "urldate": TODAY} if online else {}))
        for key, fields, address in entries
    )


def _entry(key: str, fields: dict[str, str]) -> str:
    lines = "".join(
        f"{name} = {{{value}}},\n" for name, value in fields.items() if value not in {"", "{}"}
    )
    return f"@misc{{{key},\n{lines}}}\n"


def tex(text: str) -> str:
    """Return text as TeX writes it."""
    return text.translate(TEX)
