"""A database as home: new editions come by themselves, and a silent database takes none away."""

import json
import os
import re
import signal
import time
import traceback
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect
from support.layer_edits import GOOD, of, renamed
from support.map_page import MARK, choose, frame_of, located, wait_for_shown
from support.nginx import running_nginx
from support.postgis_server import OWNER
from support.servers import serving, unused_port

import geo.editions.snapshot
from geo.checks import load
from geo.core import postgis as addresses
from geo.core.faults import DataError
from geo.core.files import ENVIRONMENT_VARIABLE
from geo.core.home import Home, find_source, source_of
from geo.editions.changes import read_changes
from geo.editions.publishing import publish
from geo.editions.store import Store

ESCAPED = "s3cr%3At-pa%25ss"


@pytest.fixture(autouse=True)
def _every_reading_asks_and_waits(monkeypatch):
    monkeypatch.setattr(geo.editions.store, "INTERVAL_S", 0)
    monkeypatch.setattr(geo.editions.store, "WAIT_S", None)


@pytest.fixture
def named(monkeypatch, edition_database):
    """Return the address of a new database with an edition, which the environment names as home."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, edition_database)
    return edition_database


def checks(reading):
    return [fault.check for fault in reading.faults]


def fault_of(address):
    with pytest.raises(DataError) as caught:
        source_of(address).fingerprint()
    (fault,) = caught.value.faults
    return fault


def test_a_new_edition_is_shown_without_a_restart(named, spoil):
    store = Store()
    first = store.read()
    publish(spoil(renamed("A newer name")), named)
    second = store.read()
    assert first.faults == second.faults == ()
    assert first.edition.dataset.projects[GOOD].name_en != "A newer name"
    assert second.edition.dataset.projects[GOOD].name_en == "A newer name"
    assert first.edition.folder != second.edition.folder


@pytest.mark.usefixtures("named")
def test_an_unchanged_edition_is_read_once(monkeypatch):
    store = Store()
    first = store.read()
    monkeypatch.setattr(geo.editions.snapshot, "load_published", None)
    assert store.read() is first


@pytest.mark.usefixtures("named")
def test_replicas_show_the_same_edition_under_the_same_addresses():
    one, two = Store().read().edition, Store().read().edition
    assert one.dataset is not two.dataset
    assert one.dataset.version == two.dataset.version
    assert one.folder == two.folder


@pytest.mark.usefixtures("named")
def test_the_folder_and_the_database_are_served_alike(monkeypatch):
    theirs = Store().read().edition
    monkeypatch.delenv(ENVIRONMENT_VARIABLE)
    assert theirs.folder == Store().read().edition.folder


@pytest.mark.usefixtures("named")
def test_another_home_shows_nothing_of_the_one_before(monkeypatch):
    store = Store()
    assert store.read().edition is not None
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "postgresql://owner@127.0.0.1:1/none")
    reading = store.read()
    assert reading.edition is None
    assert checks(reading) == ["database-answers"]


@pytest.mark.usefixtures("named")
def test_a_database_that_is_down_leaves_the_last_edition_and_comes_back_by_itself(postgis):
    store = Store()
    good = store.read()
    postgis.stop()
    try:
        reading = store.read()
        assert reading.edition is good.edition
        (fault,) = reading.faults
        assert fault.check == "database-answers"
        assert f"edition {good.edition.dataset.version} is still shown" in str(fault)
        assert "the database does not answer" in fault.rule
        assert "start it" in fault.cure
        started = Store().read()
        assert started.edition is None
        assert "still shown" not in str(started.faults[0])
    finally:
        postgis.start()
    assert store.read() is good


def test_a_database_that_holds_its_answer_back_leaves_the_last_edition(named, monkeypatch):
    monkeypatch.setattr("geo.core.postgis.QUERY_TIMEOUT_S", 0.2)
    store = Store()
    good = store.read()
    with psycopg.connect(named) as holding:
        holding.execute("LOCK TABLE project_map.current_edition")
        reading = store.read()
        assert reading.edition is good.edition
        assert checks(reading) == ["database-answers"]
    assert store.read() is good


@pytest.mark.usefixtures("named")
def test_a_server_that_is_frozen_leaves_the_last_edition(postgis):
    store = Store()
    good = store.read()
    identity = postgis.folder / "cluster" / "postmaster.pid"
    number = int(identity.read_text(encoding="utf-8").splitlines()[0])
    os.kill(number, signal.SIGSTOP)
    try:
        reading = store.read()
        assert reading.edition is good.edition
        assert checks(reading) == ["database-answers"]
    finally:
        os.kill(number, signal.SIGCONT)
    assert store.read() is good


def test_a_faulty_edition_is_said_and_the_last_good_one_shown(named):
    store = Store()
    good = store.read().edition
    with psycopg.connect(named) as connection:
        connection.execute("INSERT INTO project_map.edition VALUES ('by hand')")
        connection.execute(
            "UPDATE project_map.feature SET edition = 'by hand',"
            " properties = jsonb_set(properties::jsonb, '{sector}', '\"magic\"')::json"
        )
        connection.execute("UPDATE project_map.current_edition SET version = 'by hand'")
    reading = store.read()
    assert reading.edition is good
    assert any("'magic'" in str(fault) for fault in reading.faults)
    assert any(fault.record == "data/counties.geojson" for fault in reading.faults)


def test_a_connection_lost_while_reading_is_tried_again(named, spoil, monkeypatch):
    store = Store()
    good = store.read()
    publish(spoil(renamed("A newer name")), named)
    with monkeypatch.context() as patch:
        # The version is asked with one limit, the files with the other.
        patch.setattr("geo.core.postgis.READ_TIMEOUT_S", 0.001)
        with psycopg.connect(named) as holding:
            holding.execute("LOCK TABLE project_map.feature")
            reading = store.read()
        assert reading.edition is good.edition
        assert checks(reading) == ["database-answers"]
    assert store.read().edition.dataset.projects[GOOD].name_en == "A newer name"


def test_an_edition_is_read_from_one_moment_even_if_it_is_removed_meanwhile(edition_database, home):
    with ThreadPoolExecutor(1) as pool, psycopg.connect(edition_database) as removing:
        removing.execute("LOCK TABLE project_map.file")
        reading = pool.submit(source_of(edition_database).root)
        with psycopg.connect(edition_database, autocommit=True) as watching:
            waiting = "SELECT FROM pg_locks WHERE relation = 'project_map.file'::regclass"
            while not watching.execute(f"{waiting} AND NOT granted").fetchall():
                assert not reading.done()
        removing.execute("DELETE FROM project_map.current_edition")
        removing.execute("DELETE FROM project_map.edition")
        removing.commit()
        assert load(Home(reading.result())).version == load(home).version


def test_a_wrong_password_is_said_with_its_cure(postgis):
    fault = fault_of(postgis.address(postgis.create(), password=ESCAPED))
    assert fault.check == "database-admits"
    assert "password" in fault.cure


PASSWORDS = ["r", "a", "postgres", OWNER, 'it\'s "quoted" `so`', "authentication", "%s{}"]
"""Such as stand in our own words, in the server's or in the address, or could break a sentence."""


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_fault_says_the_same_whatever_the_password_is(postgis, password):
    name = postgis.create()
    refused, other = (
        fault_of(postgis.address(name, password=quote(one, "")))
        for one in (password, "entirely different")
    )
    assert refused == other
    assert refused.check == "database-admits"
    away, other = (
        fault_of(f"postgresql://{OWNER}:{quote(one, '')}@127.0.0.1:1/x")
        for one in (password, "entirely different")
    )
    assert away == other
    assert away.check == "database-answers"


def test_no_traceback_of_a_fault_quotes_the_driver(postgis):
    with pytest.raises(DataError) as caught:
        source_of(postgis.address("no_such_map")).fingerprint()
    printed = "".join(traceback.format_exception(caught.value))
    assert "database-admits" in printed
    assert "psycopg.OperationalError" not in printed


def test_what_the_server_says_of_a_row_is_not_repeated(edition_database):
    word = "s3cret of a row"
    with pytest.raises(DataError) as caught, addresses.connect(edition_database) as connection:
        connection.execute("SELECT %s::text::integer", [word])
    (fault,) = caught.value.faults
    assert fault.check == "database-accepts"
    assert fault.value == "a statement is refused (SQLSTATE 22P02)"
    assert word not in str(fault)


def test_each_kind_of_error_has_words_of_its_own_and_a_cure():
    kinds = [addresses.NOT_REACHED, addresses.NOT_ADMITTED, *addresses.ERROR_KINDS.values()]
    assert all(kind.cure and kind.value for kind in kinds)
    of = addresses.error_kind
    assert of(psycopg.errors.DiskFull(), connected=True).check == "database-room"
    assert of(psycopg.errors.ReadOnlySqlTransaction(), connected=True).check == "database-writable"
    assert of(psycopg.errors.TooManyConnections(), connected=True).check == "database-answers"
    assert of(psycopg.errors.UniqueViolation(), connected=True).check == "database-accepts"
    # A connection that breaks later is no reason to doubt the password.
    assert of(psycopg.OperationalError("it is gone"), connected=True) is addresses.LOST
    assert of(psycopg.OperationalError("it is gone"), connected=False) is addresses.NOT_REACHED


def test_a_missing_database_is_said_with_its_cure(postgis):
    fault = fault_of(postgis.address("no_such_map"))
    assert fault.check == "database-admits"
    assert "no_such_map" in fault.record
    assert "database" in fault.cure


@pytest.mark.parametrize("place", ["127.0.0.1:1", "no-such-host.invalid:5432"])
def test_a_wrong_host_is_said_with_its_cure(place):
    fault = fault_of(f"postgresql://owner:{ESCAPED}@{place}/ziyang")
    assert fault.check == "database-answers"
    assert fault.record == f"postgresql://owner@{place}/ziyang"
    assert "host" in fault.cure


def test_a_database_without_an_edition_is_said_with_its_cure(database, home):
    assert fault_of(database).check == "database-published"
    publish(home, database)
    with psycopg.connect(database) as connection:
        connection.execute("DELETE FROM project_map.current_edition")
    fault = fault_of(database)
    assert fault.check == "database-published"
    assert "geo publish" in fault.cure
    with pytest.raises(DataError, match="database-published"):
        source_of(database).root()


def test_a_database_without_postgis_is_refused_with_its_cure(postgis, home):
    with pytest.raises(DataError, match="CREATE EXTENSION postgis"):
        publish(home, postgis.address("postgres"))


def test_on_a_first_start_without_a_database_the_fault_is_all_there_is(monkeypatch):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "postgresql://owner@127.0.0.1:1/ziyang")
    reading = Store().read()
    assert reading.edition is None
    assert checks(reading) == ["database-answers"]


def test_a_file_that_an_edition_lacks_is_named(edition_database):
    with psycopg.connect(edition_database) as connection:
        connection.execute("DELETE FROM project_map.file WHERE name = 'ledger.json'")
    with pytest.raises(DataError, match=r"data/ledger\.json.*\[file-readable\]"):
        load(Home(source_of(edition_database).root()))


MISWRITTEN = [
    "postgresql://owner:hunter2%hidden@127.0.0.1:1/x",
    "postgresql://owner:hunter@2hidden@127.0.0.1:1/x",
    "postgresql://owner:hunter2/hidden@127.0.0.1:1/x",
    "postgresql://owner:2/hidden@127.0.0.1:1/x",
    "postgresql://owner:hunter2?hidden@127.0.0.1:1/x",
    "postgresql://owner:hunter2#hidden@127.0.0.1:1/x",
    "postgresql://owner:hunter2 hidden@127.0.0.1:1/x",
    "postgresql://owner:hunter2hidden",
    "postgresql://127.0.0.1:1/x?pasword=hunter2hidden",
]


@pytest.mark.parametrize("address", MISWRITTEN)
def test_a_miswritten_address_is_a_fault_that_quotes_nothing_of_it(address):
    fault = fault_of(address)
    assert fault.check == "database-address"
    assert "%40" in fault.cure
    assert not re.search("hunter|hidden", str(fault))


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://owner:{ESCAPED}@127.0.0.1:1/x",
        f"postgresql://owner@127.0.0.1:1/x?password={ESCAPED}",
        f"postgres://owner:{ESCAPED}@127.0.0.1:1,127.0.0.1:1/x?sslmode=disable",
    ],
)
def test_no_fault_and_no_representation_holds_the_password(address, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, address)
    said = f"{fault_of(address)} {find_source()!r} {Store().read()!r} {Store().read().faults}"
    assert "owner@127.0.0.1" in said
    assert "s3cr" not in said
    assert "pa%" not in said


@given(
    user=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=9),
    password=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=9),
)
def test_any_user_and_password_can_be_written_and_only_the_user_is_shown(user, password):
    address = f"postgresql://{quote(user, '')}:{quote(password, '')}@db.example:5432/ziyang"
    parts = addresses.connection_parameters(address)
    assert (parts["user"], parts["password"], parts["host"]) == (user, password, "db.example")
    assert addresses.redacted_address(parts) == f"postgresql://{user}@db.example:5432/ziyang"


@given(st.text(max_size=20), st.text(max_size=40))
def test_whatever_follows_the_scheme_is_an_address_or_a_fault_without_a_secret(password, rest):
    try:
        parts = addresses.connection_parameters(f"postgresql://u:{password}@{rest}")
    except DataError as error:
        (fault,) = error.faults
        assert fault.check == "database-address"
    else:
        assert (
            "@" not in addresses.redacted_address(parts | {"user": ""})[len("postgresql://") + 1 :]
        )


@pytest.mark.parametrize("path", ["/srv/map", "map", "postgresql", "./postgresql:/x"])
def test_everything_else_is_a_folder(path):
    assert not source_of(path).remote


@dataclass(frozen=True)
class Served:
    """The app over a database of its own: its own address, nginx before it, and its log."""

    address: str
    front: str
    database: str
    log: Path


@pytest.fixture(scope="module")
def served(postgis, published_once, tmp_path_factory):
    database = postgis.address(postgis.create(published_once))
    log = tmp_path_factory.mktemp("served") / "server.log"
    settings = {ENVIRONMENT_VARIABLE: database, "STREAMLIT_SERVER_BASE_URL_PATH": "map"}
    with (
        serving(log, **settings) as address,
        running_nginx(unused_port(), [urlsplit(address).port]) as nginx,
    ):
        yield Served(address, nginx.address, database, log)


def page_of(address, language="en"):
    asked = urllib.request.Request(f"{address}/", headers={"Accept-Language": language})
    with urllib.request.urlopen(asked) as page:
        return page.read().decode()


def while_waiting(seconds=60):
    """Yield for so long, so that something can be asked until it is answered."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield


def test_the_running_app_serves_a_new_edition_without_a_restart(served, home, spoil):
    def folder():
        """Return the folder of the edition that the page names to a reader."""
        return re.search(r"\./data/(\w+)/map\.json", page_of(served.address))[1]

    def name():
        with urllib.request.urlopen(f"{served.address}/data/{folder()}/projects.geojson") as layer:
            features = json.load(layer)["features"]
        return of({"features": features})["properties"]["name_en"]

    before = folder()
    assert name() == load(home).projects[GOOD].name_en
    publish(spoil(renamed("A newer name")), served.database)
    # Each question is a reader's, and one of the next few hundred finds the new edition.
    assert any(folder() != before for _ in while_waiting())
    assert name() == "A newer name"


LATE = "pm-data-late"


def test_with_the_database_away_a_reader_is_told_calmly_and_only_the_log_says_where_it_is(
    open_page, served, postgis, dataset
):
    reader, owner = open_page(f"{served.front}/?lang=en"), open_page("about:blank")
    frame = frame_of(reader)
    frame.evaluate(MARK)
    postgis.stop()
    try:
        assert any(LATE in page_of(served.front) for _ in while_waiting())
        choose(reader, "sector", "Water")
        expect(reader.locator(f".{LATE}")).to_have_text(
            re.compile(
                r"^\s*The data shown is as of \d{4}-\d\d-\d\d\. Newer information may be late\.\s*$"
            )
        )
        wait_for_shown(frame, located(dataset, sector=("water",)))
        assert frame.evaluate("() => window.sameMap === true")
        told = [reader.content(), page_of(served.front), page_of(served.front, "zh")]
        assert re.search(r"当前显示截至 \d{4}-\d\d-\d\d 的数据，更新可能稍迟。", told[-1])
        details = (postgis.password, f"{OWNER}@", f":{postgis.port}", "python -m geo", "database-")
        assert not [word for word in details if any(word in one for one in told)]
        # Who runs the app opens it on its own machine, and is told what to do.
        owner.goto(f"{served.address}/?lang=en")
        expect(owner.locator("[data-testid=stMain] .pm-faults li")).to_contain_text("start it")
    finally:
        postgis.start()
    assert any(LATE not in page_of(served.front) for _ in while_waiting())
    choose(reader, "county", "Anyue")
    expect(reader.locator(f".{LATE}")).to_have_count(0)
    log = served.log.read_text(encoding="utf-8")
    assert log.count("the data has faults or cannot be read") == 1
    assert log.count("the data is read again without a fault") == 1
    assert f"postgresql://{OWNER}@127.0.0.1:{postgis.port}" in log
    assert postgis.password not in log
    assert "Traceback" not in log


def test_a_database_tells_what_its_editions_changed_and_a_folder_nothing(
    edition_database, home, spoil
):
    assert read_changes(source_of(str(home.root))) is None
    source = source_of(edition_database)
    assert read_changes(source) == ()
    publish(spoil(renamed("A newer name")), edition_database)
    (change,) = read_changes(source)
    assert (change.project, change.kind, change.fields) == (GOOD, "changed", ("name_en",))
    assert change.name("en") == "A newer name"
    # An edition that is made current again is the newest.
    publish(home, edition_database)
    assert [one.name("en") == "A newer name" for one in read_changes(source)] == [False]
