"""Whatever is spoiled is said with its cure, ends calmly, and changes nothing."""

import re
from collections import Counter

import pytest
from support.bad_input import CALM, REFUSED, TAKEN, Spoiling, commanded, tried
from support.bad_input_cases import TABLE
from support.bad_input_report import PAGE, PARTS, names_in

FAULT = re.compile(r"[^:]+: .+; .+ \[[a-z0-9-]+\]")
"""Record, value and rule, cure, check."""


@pytest.mark.parametrize("spoiling", TABLE, ids=lambda one: one.name)
def test_what_is_spoiled_is_said_with_its_cure_and_nothing_is_changed(spoiling, tmp_path):
    outcome = tried(spoiling, tmp_path)
    assert outcome.kind == spoiling.outcome, outcome.message
    for words in spoiling.says:
        assert words in outcome.message
    assert outcome.unchanged
    assert "Traceback" not in outcome.message
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\u202a-\u202e]", outcome.message)
    if outcome.kind == REFUSED:
        *faults, last = outcome.message.strip().splitlines()
        assert all(FAULT.fullmatch(line) for line in faults), faults
        # A command that writes nothing in any case only counts.
        assert re.fullmatch(r"[0-9]+ faults?(; nothing was written)?\.", last)


def test_each_way_has_a_name_of_its_own_and_says_what_it_expects():
    assert len(TABLE) >= 120
    assert [name for name, count in Counter(one.name for one in TABLE).items() if count > 1] == []
    assert all(one.says for one in TABLE)


def test_an_attempt_that_changes_a_file_is_noticed(tmp_path):
    def careless(folder):
        (folder / "data" / "related.json").write_text("[]", encoding="utf-8")
        return CALM, "all is well"

    def untidy(folder):
        (folder / "left.part").write_bytes(b"")
        return CALM, "all is well"

    for number, attempt in enumerate((careless, untidy)):
        folder = tmp_path / str(number)
        folder.mkdir()
        spoiling = Spoiling("careless", "commands", CALM, ("well",), attempt, lambda _: None)
        assert not tried(spoiling, folder).unchanged


def test_a_folder_that_is_not_spoiled_is_not_refused(tmp_path):
    good = Spoiling("good", "data", TAKEN, ("passed",), commanded("check"), lambda _: None)
    outcome = tried(good, tmp_path)
    assert (outcome.kind, outcome.unchanged) == (TAKEN, True)


def test_the_page_about_bad_input_tells_of_every_way_in_the_table():
    names = [one.name for part in PARTS for one in TABLE if one.part == part]
    assert len(names) == len(TABLE)
    assert names_in(PAGE.read_text(encoding="utf-8")) == names
