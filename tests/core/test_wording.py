"""The words of a home: where the interface names the place, the document or a clause, they are the home's."""

import json
import os
import subprocess
import sys

import pytest
from support import ROOT

from geo.core import i18n
from geo.core.faults import DataError
from geo.core.files import read_text
from geo.core.wording import DEFAULTS, Wording, read_wording

OWN = {
    "place": {"zh": "云泽", "en": "Yunze"},
    "level": {"zh": "县", "en": "county"},
    "document": {"zh": "报告", "en": "report"},
    "clause": {"zh": "{}"},
}


def test_no_message_names_ziyang_its_decision_or_its_day():
    for language, words in (
        ("zh", ("资阳", "决定", "2020", "全市")),
        ("en", ("Ziyang", " decision", "2020", "city-wide")),
    ):
        lines = read_text(i18n.FOLDER / f"{language}.ftl").splitlines()
        # The tally of Ziyang's twenty clauses has a pattern of its own for another home.
        found = [line for line in lines if any(word in line for word in words)]
        assert [line for line in found if not line.startswith("coverage-tally")] == []


def test_the_terms_of_a_home_are_its_own_words():
    terms = dict(Wording({**DEFAULTS, **OWN}, "2024-01-18", "zh").terms("zh"))
    assert terms["place-in-full"] == "云泽县"
    assert terms["day"] == "2024年1月18日"
    assert (terms["clause-before"], terms["clause-after"]) == ("", "")
    ziyang = dict(Wording(DEFAULTS, "2020-07-25", "zh").terms("en"))
    assert (ziyang["place"], ziyang["day"]) == ("Ziyang", "25 July 2020")


def test_a_place_that_says_its_level_does_not_say_it_twice():
    words = {**DEFAULTS, **OWN, "place": {"zh": "云泽县", "en": "Yunze"}}
    assert dict(Wording(words, "2024-01-18", "zh").terms("zh"))["place-in-full"] == "云泽县"


SPOILED = {
    "an unknown key": {"city": "甲"},
    "a word in one language": {"place": {"zh": "甲"}},
    "an empty word": {"document": {"zh": "", "en": "plan"}},
    "a clause without its place": {"clause": {"zh": "第条"}},
    "a word that nobody sees": {"place": {"zh": "甲\u200b", "en": "A"}},
    "a licence without its address": {"licence": {"name": "ODbL 1.0"}},
    "a licence whose address is none": {
        "licence": {"name": "ODbL 1.0", "url": "javascript:alert(1)"}
    },
    "a slug with spaces": {"slug": "a b"},
    "no object": [],
}


@pytest.mark.parametrize("case", SPOILED)
def test_words_that_cannot_be_shown_are_refused(tmp_path, case):
    path = tmp_path / "home.json"
    path.write_text(json.dumps(SPOILED[case]), encoding="utf-8")
    with pytest.raises(DataError, match="home-words"):
        read_wording(path)
    path.write_text(json.dumps(OWN), encoding="utf-8")
    assert read_wording(path) == OWN


def test_a_program_started_for_a_home_speaks_its_words_and_a_broken_one_does_not_stop_it(copy):
    home_words = copy.folder / "data" / "home.json"
    script = (
        "from geo.core.i18n import text\n"
        "print(text('zh', 'title'), text('zh', 'detail-source', clause='三(一)1'), text('en', 'subtitle'))\n"
    )
    said = []
    for content in (json.dumps(OWN), "{"):
        home_words.write_text(content, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
            env=os.environ | {"PROJECT_MAP_HOME": str(copy.folder), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        said.append(done.stdout.strip())
    assert said[0] == "云泽规划项目地图 原文 三(一)1 Projects named in the report of 25 July 2020"
    assert said[1].startswith("资阳规划项目地图 原文 第（三(一)1）条")
