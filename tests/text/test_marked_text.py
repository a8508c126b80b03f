"""The document view holds every word of the file, and marks what is bound to it."""

from geo.text.document import paragraph_spans
from geo.text.marked_text import INDENT


def test_every_paragraph_is_there_word_for_word_and_in_order(dataset):
    text = dataset.document.text
    there = [
        "".join(run.text for run in one.stretches)
        for chapter in dataset.chapters()
        for one in chapter.paragraphs
    ]
    assert there == [text[one.start : one.end].lstrip(INDENT) for one in paragraph_spans(text)]


def test_each_stretch_stands_where_it_says(dataset):
    for chapter in dataset.chapters():
        for paragraph in chapter.paragraphs:
            at = paragraph.span.start
            for run in paragraph.stretches:
                assert run.start == at
                assert dataset.document.text.startswith(run.text, at)
                at += len(run.text)


def test_each_anchor_is_marked_whole_and_nothing_beyond_it(dataset):
    marked = {}
    for chapter in dataset.chapters():
        for paragraph in chapter.paragraphs:
            for run in paragraph.stretches:
                for name in run.projects:
                    covered = range(run.start, run.start + len(run.text))
                    marked.setdefault(name, set()).update(covered)
    for project in dataset.projects.values():
        quoted = {at for one in project.anchors for at in range(one.start, one.end)}
        assert marked[project.id] == quoted, project.id


def test_the_operative_anchor_of_each_project_begins_once(dataset):
    begun = [
        name
        for chapter in dataset.chapters()
        for paragraph in chapter.paragraphs
        for run in paragraph.stretches
        for name in run.first
    ]
    assert sorted(begun) == sorted(dataset.projects)


def test_each_entry_of_the_ledger_is_there_once_and_under_no_mark(dataset):
    runs = [
        run
        for chapter in dataset.chapters()
        for paragraph in chapter.paragraphs
        for run in paragraph.stretches
        if run.entry
    ]
    assert len(runs) == len(dataset.ledger.entries)
    assert all(run.text == run.entry.text and not run.projects for run in runs)


def test_chapters_are_the_clauses_and_what_stands_between_them(dataset):
    chapters = list(dataset.chapters())
    numerals = [one.numeral for one in chapters if one.numeral]
    assert numerals == [one.numeral for one in dataset.document.clauses]
    roles = [one.role for chapter in chapters for one in chapter.paragraphs]
    assert roles.count("title") == 1
    assert roles.count("part") == 5
    assert all(one.role == "clause" for c in chapters if c.numeral for one in c.paragraphs)
