"""The one-file edition: whole, small, the same each time, and deaf to the network."""

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from support import ROOT
from support.hostile_text import HOSTILE
from support.strategies import filters

from geo.__main__ import main
from geo.core.faults import DataError
from geo.core.i18n import LANGUAGES
from geo.exports.standalone import (
    OWN_SCRIPTS,
    SHARED_SCRIPTS,
    edition_html,
    filtered_dataset,
    icon_font,
)
from geo.exports.standalone_content import MESSAGES
from geo.layer.codes import SECTORS
from geo.layer.filters import ProjectFilter
from geo.layer.projects import PLACE_KEYS, PLACE_NOTES
from geo.layer.query import read_query
from geo.text.document import paragraph_spans
from geo.text.marked_text import INDENT

LARGEST = 2_000_000
DATA = {"ui", "backdrop", "projects", "content"}


class Page(HTMLParser):
    """What a browser finds in the file: its elements, and the text of scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.elements = []
        self.texts = []
        self.inside = None
        self.feed(page.decode())

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.inside = (tag, dict(attributes)) if tag in {"script", "style"} else None
        if self.inside:
            self.texts.append((*self.inside, ""))

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[0]:
            self.inside = None

    def handle_data(self, data):
        if self.inside:
            tag, attributes, before = self.texts.pop()
            self.texts.append((tag, attributes, before + data))

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def running(self):
        return [text for tag, own, text in self.texts if tag == "script" and "type" not in own]

    def data(self):
        return {
            own["id"]: json.loads(text)
            for tag, own, text in self.texts
            if own.get("type") == "application/json"
        }


@pytest.fixture(scope="module")
def built(dataset):
    return edition_html(dataset)


@pytest.fixture(scope="module")
def page(built):
    return Page(built)


def test_the_file_is_small_enough_for_a_letter(built):
    assert len(built) <= LARGEST


def test_two_processes_write_the_same_bytes(built, tmp_path):
    for seed in ("1", "2"):
        output = tmp_path / f"{seed}.html"
        command = [sys.executable, "-m", "geo", "html", "-o", str(output)]
        subprocess.run(
            command, check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "UTC-9"}
        )
        assert output.read_bytes() == built


def test_nothing_in_the_file_is_fetched(page):
    for tag, attributes in page.elements:
        for key in ("src", "srcset", "href", "action", "poster", "data", "background"):
            address = attributes.get(key) or "#"
            outward = tag == "a" and address.startswith(("https://", "http://"))
            assert outward or address.startswith(("#", "data:")), (tag, key, address)
        assert "url(" not in (attributes.get("style") or "")
    for tag, _, text in page.texts:
        if tag == "style":
            assert "@import" not in text
            assert all(one.startswith("data:") for one in re.findall(r"url\(\"?([^)\"]*)", text))


def test_no_script_of_the_file_asks_the_network(page):
    _, own = page.running()
    for way in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "EventSource"):
        assert way not in own


def test_the_policy_forbids_the_network_and_lets_only_these_scripts_run(page):
    metas = page.named("meta")
    policy = next(one["content"] for one in metas if "Security-Policy" in one.get("http-equiv", ""))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    assert "unsafe-inline" not in rules["script-src"]
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in page.running()
    ]
    assert rules["script-src"].split() == hashes


@pytest.mark.parametrize("query", ["", "sector=rail", "county=512021&stage=plan", "q=chengziyi"])
def test_the_file_holds_the_projects_of_its_selection_and_no_other(dataset, query):
    wanted = read_query(query).filter
    page = Page(edition_html(dataset, wanted))
    expected = list(wanted.apply(dataset.frame).index)
    assert [one["id"] for one in page.data()["projects"]["features"]] == expected
    assert list(page.data()["content"]["projects"]) == expected
    marked = {one for own in page.named("a") for one in own.get("data-ids", "").split()}
    assert marked == set(expected)


@given(wanted=filters)
def test_a_selection_is_what_its_filter_leaves_or_a_fault(dataset, wanted):
    expected = list(wanted.apply(dataset.frame).index)
    if expected:
        assert list(filtered_dataset(dataset, wanted).projects) == expected
    else:
        with pytest.raises(DataError, match="query-leaves-projects"):
            filtered_dataset(dataset, wanted)


@pytest.mark.parametrize(
    ("query", "check"),
    [
        ("sector=magic", "query-value"),
        ("rail", "query-key"),
        ("q=磁悬浮", "query-leaves-projects"),
    ],
)
def test_a_query_that_cannot_be_met_writes_nothing_and_says_why(query, check, tmp_path, capsys):
    output = tmp_path / "map.html"
    assert main(["html", "-o", str(output), "--query", query]) == 1
    assert check in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_hostile_name_stays_text(dataset, page):
    first, *_ = dataset.projects
    spoiled = {
        name: replace(one, name_zh=HOSTILE, name_en=HOSTILE, basis=HOSTILE)
        if name == first
        else one
        for name, one in dataset.projects.items()
    }
    made = Page(edition_html(replace(dataset, projects=spoiled)))
    assert [tag for tag, _ in made.elements] == [tag for tag, _ in page.elements]
    assert not [own for _, own in made.elements if "onerror" in own]
    features = made.data()["projects"]["features"]
    assert next(one for one in features if one["id"] == first)["properties"]["name_en"] == HOSTILE
    assert made.running() == page.running()


def test_the_text_is_there_word_for_word_in_both_languages(dataset, built):
    texts = re.findall(r'<article class="pm-document".*?</article>', built.decode(), re.DOTALL)
    assert len(texts) == len(LANGUAGES)
    for text in texts:
        bare = re.sub(r"<small.*?</small>|<[^>]*>", "", text)
        for span in paragraph_spans(dataset.document.text):
            words = dataset.document.text[span.start : span.end].strip(INDENT)
            assert words in bare


def test_every_message_of_the_scripts_is_in_the_file_and_none_besides(page):
    scripts = "\n".join(
        (ROOT / "geo" / "exports" / "static" / name).read_text(encoding="utf-8")
        for name in OWN_SCRIPTS
    )
    template = (ROOT / "geo" / "views" / "templates" / "standalone.html").read_text(
        encoding="utf-8"
    )
    said = set(re.findall(r'say\((?:\w+ \? )?"([\w-]+)"', scripts))
    said |= set(re.findall(r'say\(first \? "[\w-]+" : "([\w-]+)"', scripts))
    said |= set(re.findall(r'data-say(?:-\w+)?="([\w-]+)"', template))
    said |= {f"facet-{facet}" for facet in page.data()["content"]["facets"]}
    said |= {f"list-{key}" for key in page.data()["content"]["sorts"]}
    said |= {f"spot-{code}" for code in page.data()["content"]["maps"]}
    said |= {*PLACE_KEYS, *PLACE_NOTES}
    assert said == set(MESSAGES)
    for messages in page.data()["content"]["text"].values():
        assert set(messages) == set(MESSAGES)


def test_every_script_of_the_edition_is_in_the_file():
    own = {path.name for path in (ROOT / "geo" / "exports" / "static").glob("*.js")}
    assert own == set(OWN_SCRIPTS)
    assert len(set(SHARED_SCRIPTS)) == len(SHARED_SCRIPTS)


def test_the_file_describes_itself_to_machines(page, dataset):
    [text] = [text for _, own, text in page.texts if own.get("type") == "application/ld+json"]
    told = json.loads(text)
    assert told["@type"] == "Dataset"
    assert told["version"] == dataset.version
    assert told["temporalCoverage"].startswith(dataset.document.about["adopted"])


def test_every_sector_keeps_its_icon():
    glyphs = TTFont(io.BytesIO(icon_font())).getBestCmap()
    assert {int(one.icon, 16) for one in SECTORS} <= set(glyphs)
    assert len(icon_font()) < 10_000


def test_all_data_of_the_scripts_is_in_the_file_once(page):
    assert set(page.data()) == DATA
    assert len(page.named("title")) == 1


def test_an_empty_filter_is_the_whole_layer(dataset):
    assert filtered_dataset(dataset, ProjectFilter()) is dataset
