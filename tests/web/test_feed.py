"""The Atom feed keeps RFC 4287, follows the filter, and names its entries alike on every server."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from lxml import etree
from starlette.applications import Starlette
from starlette.testclient import TestClient
from support.hostile_text import HOSTILE
from support.layer_edits import GOOD
from support.strategies import filters

from geo.core.i18n import LANGUAGES
from geo.editions.changes import EditionChange
from geo.layer.filters import ProjectFilter
from geo.layer.query import PageState, url_query
from geo.layer.selection import select
from geo.web.api import api_routes
from geo.web.feed import FEED, MOST_ENTRIES, feed_xml

ATOM = "{http://www.w3.org/2005/Atom}"
TAG = r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w.~!$&()*+,;=:@/?%-]*"
"""RFC 4151: an authority and a day, then the characters of a URI without a fragment."""
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
CHANGE = EditionChange(
    "0123456789ab", datetime(2026, 3, 5, 8, tzinfo=UTC), GOOD, "changed", ("stage", "geometry"), "甲", "A",
)  # fmt: skip


NAMES = {"a": "http://www.w3.org/2005/Atom", "re": "http://exslt.org/regular-expressions"}
RULES = {
    "the root is a feed (4.1.1)": "/a:feed",
    "entries without an author have the feed's (4.1.1)": "/a:feed/a:author/a:name",
    "a feed has one link to itself (4.1.1)": "count(/a:feed/a:link[@rel='self']) = 1",
    **{
        f"one {name} is required (4.1.1, 4.1.2)": f"not(//*[self::a:feed|self::a:entry][count(a:{name}) != 1])"
        for name in ("id", "title", "updated")
    },
    "an id is a tag URI (4.2.6)": f"not(//a:id[not(re:test(., '^{TAG}$'))])",
    "updated is a time of RFC 3339 (3.3)": f"not(//a:updated[not(re:test(., '^{TIME}$'))])",
    "a link leads somewhere (4.2.7.1)": "not(//a:link[not(string(@href))])",
    "an entry has content or one alternate (4.1.2)": (
        "not(//a:entry[not(a:content) and count(a:link[@rel='alternate']) != 1])"
    ),
    "entries have different ids (4.1.1)": "not(//a:entry/a:id[. = ../preceding-sibling::a:entry/a:id])",
}  # fmt: skip
"""What RFC 4287 asks, as XPath."""


def faults(feed):
    """Return the rules that a feed breaks."""
    return [
        said for said, rule in RULES.items() if not feed.xpath(f"boolean({rule})", namespaces=NAMES)
    ]


def made(dataset, chosen=ProjectFilter(), changes=None, language="zh"):  # noqa: B008 - it is frozen
    return etree.fromstring(feed_xml(select(dataset, chosen), changes, language))


def entry_ids(feed):
    return [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")]


@settings(max_examples=20)
@given(chosen=filters)
def test_every_feed_keeps_the_rules_of_atom(dataset, chosen):
    for language in LANGUAGES:
        feed = made(dataset, chosen, (CHANGE,), language)
        assert faults(feed) == []
        assert len(feed.findall(f"{ATOM}entry")) <= MOST_ENTRIES


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("author", "author"), ("link", "link to itself"), ("entry/id", "one id"),
        ("updated", "one updated"), ("entry/link", "alternate"),
    ],
)  # fmt: skip
def test_a_feed_without_a_part_is_found_out(dataset, path, said):
    feed = made(dataset)
    part = feed.find("/".join(f"{ATOM}{name}" for name in path.split("/")))
    part.getparent().remove(part)
    assert any(said in one for one in faults(feed))


@settings(max_examples=20)
@given(chosen=filters)
def test_a_feed_has_the_events_of_the_projects_that_its_filter_shows_and_no_others(dataset, chosen):
    shown = set(chosen.apply(dataset.frame).index)
    found = {one.split("/")[2] for one in entry_ids(made(dataset, chosen))}
    assert found <= shown
    events = [event for event in dataset.events if event.project in shown]
    assert len(entry_ids(made(dataset, chosen))) == min(len(events), MOST_ENTRIES)


def test_the_newest_come_first_and_date_the_feed(dataset):
    feed = made(dataset)
    times = [one.findtext(f"{ATOM}updated") for one in feed.findall(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == times[0]
    assert times[0][:10] == max(event.as_of for event in dataset.events)


def test_ids_are_the_same_in_every_language_and_at_every_address(dataset, monkeypatch):
    ids = entry_ids(made(dataset))
    monkeypatch.setenv("PROJECT_MAP_ADDRESS", "https://map.example.org/ziyang")
    feed = made(dataset, language="en")
    assert entry_ids(feed) == ids
    for link in feed.iter(f"{ATOM}link"):
        assert link.get("href").startswith("http")
    corrected = replace(
        dataset, events=tuple(replace(one, statement_zh="改") for one in dataset.events)
    )
    assert entry_ids(made(corrected)) == ids


def test_without_a_public_address_links_are_relative_and_lead_to_the_page(dataset):
    feed = made(dataset, ProjectFilter(sector=("rail",)))
    own = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert own == {
        "self": "events.atom?sector=rail&lang=zh",
        "alternate": "../?sector=rail&lang=zh",
    }
    for link in feed.findall(f"{ATOM}entry/{ATOM}link[@rel='alternate']"):
        assert re.fullmatch(r"\.\./\?project=[a-z0-9-]+&lang=zh", link.get("href"))


def test_a_feed_says_whether_it_knows_earlier_editions(dataset):
    told = {
        changes is None: made(dataset, changes=changes, language="en").findtext(f"{ATOM}subtitle")
        for changes in (None, ())
    }
    assert "keeps no earlier editions" in told[True]
    assert "changes between editions" in told[False]
    assert str(MOST_ENTRIES) in told[True]


def test_what_an_edition_changed_is_an_entry_and_what_it_removed_only_without_a_filter(dataset):
    gone = replace(CHANGE, project="gone-project", kind="removed", fields=())
    everything = made(dataset, changes=(CHANGE, gone), language="en")
    assert [one.split("/")[-1] for one in entry_ids(everything)[:2]] == [GOOD, "gone-project"]
    entry = everything.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == "Data version 0123456789ab: Stage code, geometry"
    some = made(dataset, ProjectFilter(precision=("exact",)), (CHANGE, gone))
    assert not any("gone" in one for one in entry_ids(some))


def test_no_words_of_the_data_become_markup(dataset):
    events = tuple(replace(one, statement_zh=f"{HOSTILE}\x01") for one in dataset.events)
    feed = made(replace(dataset, events=events))
    assert faults(feed) == []
    assert HOSTILE in feed.findtext(f"{ATOM}entry/{ATOM}summary")


def test_the_address_answers_as_the_others_do():
    client = TestClient(Starlette(routes=api_routes("")))
    answer = client.get(
        f"/api/{FEED}{url_query(PageState(filter=ProjectFilter(sector=('rail',))))}"
    )
    assert answer.headers["content-type"] == "application/atom+xml"
    again = client.get(answer.url, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert client.get(f"/api/{FEED}?sector=magic").status_code == 400
    assert f"/{FEED}" in client.get("/api/openapi.json").json()["paths"]
