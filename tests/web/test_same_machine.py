"""Only who runs the app, on its machine and through no proxy, is told the details of a fault."""

import datetime as dt
import logging
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir
from support.event_loop import run

from geo.core.faults import Fault
from geo.core.i18n import LANGUAGES, text
from geo.core.publication import ADDRESS_VARIABLE
from geo.editions.store import StoreState, log_change, store
from geo.web import first_view
from geo.web.routes import routes
from geo.web.same_machine import MARK, PROXY_HEADERS, SameMachineMark, is_marked

OWN = {"host": "localhost:8501"}
DETAIL = "db.example.internal"
FAULT = Fault("database-answers", DETAIL, "a value", "is a rule", "run python -m geo")
PATHS = (
    "", "?project=miansuinei-railway", "?project=no-such", "?q=words", "?view=list", "?sector=magic",
    "api/projects.csv", "api/map.pdf", "api/", "api/no-such", "data/0123/map.json",
    "sitemap.xml", "preview.png", "no-such",
)  # fmt: skip


def mark_of(headers, **scope):
    """Return whether an app behind the middleware takes a request for one of this machine."""
    seen = []

    async def app(scope, _receive, _send):
        seen.append(is_marked({key.decode(): value.decode() for key, value in scope["headers"]}))

    sent = [(key.encode(), value.encode()) for key, value in headers.items()]
    usual = {"type": "websocket", "client": ("127.0.0.1", 50000), "http_version": "1.1"}
    run(SameMachineMark(app)(usual | scope | {"headers": sent}, None, None))
    return seen == [True]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("peer", "host"),
    [("127.0.0.1", "localhost:8501"), ("::1", "[::1]:8501"), ("127.0.0.1", "127.0.0.1")],
)
def test_a_browser_on_the_same_machine_is_known(kind, peer, host):
    assert mark_of({"host": host}, type=kind, client=(peer, 1))


@pytest.mark.parametrize("name", PROXY_HEADERS)
def test_a_proxy_on_the_same_machine_is_no_reader_of_it(name):
    assert not mark_of(OWN | {name: "127.0.0.1"})


@pytest.mark.parametrize(
    ("headers", "scope"),
    [
        (OWN, {"client": ("203.0.113.9", 1)}),
        (OWN, {"client": ("localhost", 1)}),
        (OWN, {"client": None}),
        (OWN, {"http_version": "1.0"}),
        ({"host": "map.example.org"}, {}),
        ({}, {}),
        ({"host": "map.example.org", MARK: "1"}, {}),
        (OWN | {MARK: "1"}, {"client": ("203.0.113.9", 1)}),
        (OWN | {MARK.title(): "1"}, {"client": ("203.0.113.9", 1)}),
    ],
)
def test_neither_a_header_nor_the_peer_alone_makes_a_reader_of_this_machine(headers, scope):
    assert not mark_of(headers, **scope)


def test_an_app_that_is_published_takes_nobody_for_a_reader_of_its_machine(monkeypatch):
    monkeypatch.setenv(ADDRESS_VARIABLE, "https://map.example.org")
    assert not mark_of(OWN)


@pytest.fixture(scope="module")
def client():
    served = routes("", Path(get_static_dir()))
    app = Starlette(routes=served, middleware=[Middleware(SameMachineMark)])
    return TestClient(app, base_url="http://localhost:8501", client=("127.0.0.1", 50000))


@pytest.mark.parametrize("has_edition", [True, False])
def test_a_fault_is_one_sentence_for_readers_and_its_details_for_who_runs_the_app(
    client, monkeypatch, has_edition
):
    good = store.read()
    day = dt.date(2026, 3, 9)
    faulty = StoreState(good.edition, (FAULT,), day) if has_edition else StoreState(None, (FAULT,))
    monkeypatch.setattr(type(store), "read", lambda _: faulty)
    for path in PATHS:
        for language in LANGUAGES:
            late = text(language, "data-late", date=str(day))
            sentence = late if has_edition else text(language, "data-away")
            headers = {"accept-language": language, "accept": "text/html"}
            own = client.get(f"/{path}", headers=headers)
            public = client.get(f"/{path}", headers=headers | {"x-forwarded-for": "203.0.113.9"})
            assert own.status_code == public.status_code
            for word in (DETAIL, "python -m geo", "a value", "is a rule"):
                assert word not in public.text, path
            is_page = not path or path.startswith("?")
            assert (DETAIL in own.text) == is_page, path
            if is_page:
                assert sentence in public.text
                assert sentence in own.text
            if not has_edition and path not in {"no-such", "api/no-such"}:
                assert public.status_code == 503, path
                assert public.headers["retry-after"]


def test_pages_are_kept_during_an_outage_and_never_those_with_details(client, monkeypatch):
    good = store.read()
    faulty = StoreState(good.edition, (FAULT,), dt.date(2026, 3, 9))
    monkeypatch.setattr(type(store), "read", lambda _: faulty)
    made = []
    write = first_view.first_view_html
    monkeypatch.setattr(
        first_view,
        "first_view_html",
        lambda *given, **named: made.append(1) or write(*given, **named),
    )
    public = {"x-forwarded-for": "203.0.113.9"}
    for headers in (public, public, {}, {}, public):
        assert (DETAIL in client.get("/?sector=water&stage=plan", headers=headers).text) == (
            not headers
        )
    assert len(made) == 3
    monkeypatch.setattr(type(store), "read", lambda _: good)
    assert "2026-03-09" not in client.get("/?sector=water&stage=plan").text


def test_the_log_has_each_change_of_the_faults_once_with_their_details(caplog):
    good = store.read()
    faulty = StoreState(good.edition, (FAULT,))
    for before, after in ((good, good), (good, faulty), (faulty, faulty), (faulty, good)):
        log_change(before, after)
    version = good.edition.dataset.version
    broken, mended = caplog.records
    assert str(FAULT) in broken.getMessage()
    assert "python -m geo" in broken.getMessage()
    assert (broken.levelno, mended.levelno) == (logging.ERROR, logging.WARNING)
    assert version in mended.getMessage()
