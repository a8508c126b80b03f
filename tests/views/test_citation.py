"""Citations follow their standards, name the clause and its characters, and survive any words."""

import re
from dataclasses import replace

import bibtexparser
import pytest
from bibtexparser.bparser import BibTexParser
from support.hostile_text import HOSTILE

from geo.core.i18n import LANGUAGES, Words
from geo.views.citation import citations

GBT = {
    "project": r"[^.]+\. .+: .+\[DS/OL\]\.",
    "clause": r"[^.]+\. .+\[Z/OL\]\. [^,]+, \d{4}-\d\d-\d\d: 第\(.+\)条, 字符\d+-\d+\.",
}
"""Author, title, type and carrier, publisher and day, passage: in this order, with these signs."""
STRANGE = f"100% A_B #1 & {{C}} $x^2~\\end {HOSTILE}"


def made(dataset, project, language="zh"):
    document = dataset.documents[project.anchors[0].document]
    return {
        one.style: one for one in citations(document, project, dataset.version, Words(language))
    }


def parsed(text):
    """Return the entries of a BibTeX file by key; one that cannot be read is missing."""
    parser = BibTexParser(interpolate_strings=False, ignore_nonstandard_types=False)
    return bibtexparser.loads(text, parser).entries_dict


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_citation_has_the_parts_of_its_standard_in_their_order(dataset, language):
    for project in dataset.projects.values():
        anchor = project.anchors[0]
        found = made(dataset, project, language)
        for style, pattern in GBT.items():
            assert re.fullmatch(pattern, found[style].text), found[style].text
        assert found["project"].template.endswith("[DS/OL]. [{today}]. {project}.")
        assert found["clause"].template.endswith("[{today}]. {spot}.")
        assert f"第({anchor.clause})条, 字符{anchor.start}-{anchor.end}." in found["clause"].text
        assert dataset.version in found["project"].text
        assert not re.search(
            r"\{(today|project|spot)\}", "".join(one.text for one in found.values())
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_bibtex_of_every_project_is_read_by_another_program(dataset, language):
    for project in dataset.projects.values():
        anchor = project.anchors[0]
        entries = parsed(made(dataset, project, language)["bibtex"].template)
        clause = entries.pop(f"{anchor.document}:{anchor.start}-{anchor.end}")
        (entry,) = entries.values()
        assert (entry["ID"], entry["ENTRYTYPE"]) == (project.id, "misc")
        assert entry["title"].replace("\\", "") == f"{{{project.name(language)}}}"
        assert clause["note"].endswith(anchor.exact)
        assert f"{anchor.start}-{anchor.end}" in clause["note"]
        assert (entry["urldate"], clause["url"]) == ("{today}", "{spot}")


def test_no_sign_of_tex_ends_a_field_or_starts_a_command(dataset):
    project = replace(next(iter(dataset.projects.values())), name_zh=STRANGE)
    entries = parsed(made(dataset, project)["bibtex"].text)
    assert len(entries) == 2
    title = entries[project.id]["title"][1:-1]
    assert re.sub(r"\\text(backslash|asciitilde|asciicircum)\{\}", "", title).count("\\") == sum(
        STRANGE.count(one) for one in "{}%#$&_"
    )
    assert not re.search(r"(?<!\\)[%#$&_~^]", title)
    # Unescaped, the same name breaks the file.
    broken = made(dataset, project)["bibtex"].text.replace(title, "a }, b = {{")
    assert len(parsed(broken)) < 2
