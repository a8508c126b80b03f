"""What a text may not hold is what Unicode says cannot be seen, and nothing that can."""

import json
import sys
import unicodedata

import pytest

from geo.core.faults import (
    INVISIBLE,
    character_name,
    escape_invisible,
    first_invisible,
    replace_invisible,
)
from geo.core.home import ZIYANG, counties_at_start

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_every_character_that_cannot_be_seen_is_hidden_and_no_other():
    assigned = [
        one
        for one in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(one) != "Cn"
        and (unicodedata.category(one) in UNSEEN) != bool(INVISIBLE.match(one))
    ]
    assert [character_name(one) for one in assigned] == []


@pytest.mark.parametrize(
    "text", ["资阳北站", "成都—重庆 “双城”，(一)", "e\u0301", "a\u00a0b", "𠀀"]
)
def test_letters_of_any_script_may_stand(text):
    assert first_invisible(text) is None
    assert escape_invisible(text) == replace_invisible(text) == text


def test_what_is_hidden_is_named_and_shown_as_its_escape():
    assert first_invisible("a\u202eb") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert first_invisible("a\nb") == "U+000A"
    assert first_invisible("a\nb", besides="\n") is None
    assert escape_invisible("a\u202e\ud800\0b") == "a\\u202e\\ud800\\x00b"


@pytest.mark.parametrize("code", ["512 02", 512002, None, "51200２"])
def test_a_county_that_can_be_no_code_leaves_the_interface_its_own(copy, monkeypatch, code):
    layer = json.loads(copy.counties.read_text(encoding="utf-8"))
    owned = next(one for one in layer["features"] if one["properties"]["ziyang"])
    owned["properties"]["code"] = code
    copy.counties.write_text(json.dumps(layer), encoding="utf-8")
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copy.root))
    assert counties_at_start.__wrapped__() == ZIYANG
