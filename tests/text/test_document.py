"""The source text: unchanged, cut into its clauses, quoted by position."""

import hashlib

import pytest

from geo.core.faults import DataError
from geo.text.document import Span, parse_clauses, read_documents

NUMERALS = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
]
SHA256 = "ebae37adc3b71b636245288b304e2a527e6e596b9a948a3e420452be67510edf"


def test_the_seed_is_the_published_text_byte_for_byte(home):
    (seed,) = home.seeds.glob("*.txt")
    assert hashlib.sha256(seed.read_bytes()).hexdigest() == SHA256


def test_the_decision_has_twenty_clauses_in_order(dataset):
    assert [clause.numeral for clause in dataset.document.clauses] == NUMERALS


def test_each_clause_begins_with_its_own_number(dataset):
    for clause in dataset.document.clauses:
        assert dataset.document.slice(clause.span).strip().startswith(f"({clause.numeral})")


@pytest.mark.parametrize("numeral", ["四", "十五", "十六"])
def test_an_unnumbered_paragraph_belongs_to_the_clause_above(dataset, numeral):
    assert len(dataset.document.clause(numeral).paragraphs) == 2


def test_the_closing_paragraph_belongs_to_no_clause(dataset):
    closing = dataset.document.text.index(dataset.document.about["closing"])
    assert all(clause.span.end <= closing for clause in dataset.document.clauses)
    spoiled = parse_clauses(dataset.document.text, "")
    assert spoiled[-1].span.end > closing


def test_a_part_heading_belongs_to_no_clause(dataset):
    heading = dataset.document.text.index("四、聚焦重点攻坚突破")
    assert not any(one.span.holds(Span(heading, heading + 1)) for one in dataset.document.clauses)


def test_title_issuer_and_date_of_adoption_are_those_of_the_text(dataset):
    text, about = dataset.document.text, dataset.document.about
    assert text.startswith(about["title"])
    assert about["title"].startswith(about["issuer"])
    year, month, day = map(int, about["adopted"].split("-"))
    assert f"({year}年{month}月{day}日" in text
    assert f"发布时间: {about['published']}" in text


def test_an_edited_seed_is_refused(copy):
    (seed,) = copy.seeds.glob("*.txt")
    seed.write_text(seed.read_text(encoding="utf-8").replace("成自宜", "成宜", 1), "utf-8")
    with pytest.raises(DataError, match="document-unchanged"):
        read_documents(copy)


def test_a_quote_is_made_unique_by_its_context(dataset):
    document = dataset.document
    for occurrence in (1, 2):
        anchor = document.quote("十五", "争取", occurrence)
        assert document.text[anchor["start"] : anchor["end"]] == "争取"
        context = anchor["prefix"] + anchor["exact"] + anchor["suffix"]
        assert document.text.count(context) == 1


@pytest.mark.parametrize("words", ["成自宜高速铁路", '"张老引水"', ""])
def test_words_that_the_clause_does_not_hold_are_no_quote(dataset, words):
    with pytest.raises(DataError, match="quote-found"):
        dataset.document.quote("十", words)


def test_a_sentence_holds_the_words_asked_for_and_ends_at_a_full_stop(dataset):
    document = dataset.document
    anchor = document.quote("十", "成资渝高速")
    sentence = document.slice(document.sentence(Span(anchor["start"], anchor["end"])))
    assert sentence.startswith("畅通成渝大通道")
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
