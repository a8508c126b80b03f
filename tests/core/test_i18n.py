"""Both languages say the same things, and every code has a label in each."""

import re

import pytest

from geo.core import i18n
from geo.core.files import read_text
from geo.layer.codes import (
    CONFIDENCES,
    COUNTY_CODES,
    EVENT_SCOPES,
    EVENT_TYPE_CODES,
    EXTENT_CODES,
    FAMILIES,
    PRECISION_CODES,
    SEARCHED,
    SECTOR_CODES,
    SINCE_CODES,
    STAGE_CODES,
)
from geo.map.client_data import MAP_TEXTS
from geo.views.spots import ONLINE_MAPS

CODES = {
    "sector": SECTOR_CODES,
    "stage": STAGE_CODES,
    "precision": PRECISION_CODES,
    "county": COUNTY_CODES,
    "since": SINCE_CODES,
    "event-type": EVENT_TYPE_CODES,
    "event-scope": EVENT_SCOPES,
    "confidence": CONFIDENCES,
    "extent": EXTENT_CODES,
    "searched": SEARCHED,
    "spot": ("own", "line", *ONLINE_MAPS),
    "family": [family.code for family in FAMILIES],
}


def test_both_catalogues_have_the_same_keys():
    assert i18n.keys("zh") == i18n.keys("en")


def test_both_catalogues_fill_in_the_same_values():
    def variables(language):
        source = read_text(i18n.FOLDER / f"{language}.ftl")
        messages = re.findall(r"^([a-z][\w-]*) =(.*(?:\n[ }].*)*)", source, re.MULTILINE)
        return {key: set(re.findall(r"\$(\w+)", value)) for key, value in messages}

    assert variables("zh") == variables("en")
    assert len(variables("zh")) == len(i18n.keys("zh"))


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
@pytest.mark.parametrize("codelist", CODES)
def test_every_code_has_a_label(codelist, language):
    labels = [i18n.text(language, f"{codelist}-{code}") for code in CODES[codelist]]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_message_of_the_map_is_in_the_catalogue(language):
    for name in MAP_TEXTS:
        assert i18n.text(
            language,
            f"map-{name.replace('_', '-')}",
            count=2,
            clause="十",
            county="x",
            date="2024",
            state="x",
        )


def test_an_english_plural_follows_the_number():
    assert i18n.text("en", "project-count", shown=1, total=1) == "1 of 1 project"
    assert i18n.text("en", "project-count", shown=1, total=2) == "1 of 2 projects"


def test_a_missing_key_or_value_is_an_error_not_a_blank():
    with pytest.raises(LookupError):
        i18n.text("zh", "no-such-key")
    with pytest.raises(ValueError, match="shown"):
        i18n.text("zh", "project-count", total=1)


def test_no_chinese_stands_in_english_words_except_the_names_of_languages():
    chinese = re.compile(r"[一-鿿]")
    source = read_text(i18n.FOLDER / "en.ftl").splitlines()
    assert [line for line in source if chinese.search(line)] == ["language-zh = 中文"]


@pytest.mark.parametrize(
    ("locale", "code"),
    [("zh-CN", "zh"), ("zh-Hant-TW", "zh"), ("en-US", "en"), ("de", "en"), (None, "zh")],
)
def test_the_default_language_follows_the_browser(locale, code):
    assert i18n.language_of(locale) == code


def test_every_message_of_the_catalogue_is_used():
    from support import ROOT

    code = "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in ("app.py", "geo/**/*.py", "geo/**/*.html")
        for path in ROOT.glob(pattern)
    )
    families = (
        *CODES, "map", "language", "facet", "view", "basemap", "summary", "list", "compare",
        "stamp", "format", "today", "signature", "look", "cite", "crs", "feed", "own-credit",
    )  # fmt: skip
    unused = [
        key
        for key in i18n.keys("zh")
        if f'"{key}"' not in code and not key.startswith(tuple(f"{one}-" for one in families))
    ]
    assert unused == []


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_a_choice_made_under_the_label_of_an_earlier_run_is_still_its_code(language):
    from geo.layer.filters import FACETS
    from geo.page.state import codes_from_labels

    for facet, codes in FACETS.items():
        labels = [
            i18n.text(
                language, "option-count", label=i18n.text(language, f"{facet}-{code}"), count=7
            )
            for code in codes
        ]
        assert codes_from_labels(facet, labels) == list(codes)
        assert codes_from_labels(facet, codes) == list(codes)
    assert codes_from_labels("sector", ["magic · 7"]) == []


@pytest.mark.parametrize(
    "written", ["title = { title }", "title = { $mayor }", "title = { nothing }"]
)
def test_a_catalogue_that_cannot_be_said_leaves_the_interface_its_own_words(
    copy, monkeypatch, written
):
    own = i18n.text("en", "title")
    copy.words("en").write_text(f"{written}\n", encoding="utf-8")
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copy.root))
    assert i18n.bundle.__wrapped__("en").get_message("title").value is not None
    # What is kept for the life of a program is read anew here.
    monkeypatch.setattr(i18n, "bundle", i18n.bundle.__wrapped__)
    monkeypatch.setattr(i18n, "_format", i18n._format.__wrapped__)
    assert i18n.text("en", "title") == own
    copy.words("en").write_text("title = Another map\n", encoding="utf-8")
    assert i18n.text("en", "title") == "Another map"


def bare_clauses(catalogue):
    """Return the lines of a catalogue that write the number of a clause in Chinese numerals only."""
    return re.findall(r"^.*\{ \$clause \}.*$", catalogue, re.MULTILINE)


def test_every_english_message_about_a_clause_gives_its_arabic_number():
    english = (i18n.FOLDER / "en.ftl").read_text(encoding="utf-8")
    assert bare_clauses(english) == []
    assert bare_clauses("detail-source = Source: clause ({ $clause })\n") != []
    assert i18n.text("en", "detail-source", clause="十") == "Source: clause 十 (10)"
    assert i18n.text("zh", "detail-source", clause="十") == "原文 第（十）条"
