"""A database as home: new editions come by themselves, and a silent database takes none away."""

import json
import os
import re
import signal
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.layer_edits import GOOD, of, renamed
from support.postgis_server import OWNER
from support.servers import serving

import geo.editions.store
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
    monkeypatch.setattr(geo.editions.store, "load_published", None)
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


def test_a_password_in_the_words_of_the_server_is_taken_out(postgis):
    # The server says "password authentication failed", whatever the password was.
    fault = fault_of(postgis.address(postgis.create(), OWNER, "authentication"))
    assert "password … failed" in fault.value


def test_a_missing_database_is_said_with_its_cure(postgis):
    fault = fault_of(postgis.address("no_such_map"))
    assert fault.check == "database-admits"
    assert "no_such_map" in fault.value
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


def test_the_running_app_serves_a_new_edition_without_a_restart(
    edition_database, home, spoil, tmp_path
):
    def folder(address):
        """Return the folder of the edition that the page names to a reader."""
        with urllib.request.urlopen(f"{address}/") as page:
            return re.search(r"\./data/(\w+)/map\.json", page.read().decode())[1]

    def name(address):
        with urllib.request.urlopen(f"{address}/data/{folder(address)}/projects.geojson") as layer:
            features = json.load(layer)["features"]
        return of({"features": features})["properties"]["name_en"]

    log = tmp_path / "server.log"
    with serving(log, **{ENVIRONMENT_VARIABLE: edition_database}) as address:
        before = folder(address)
        assert name(address) == load(home).projects[GOOD].name_en
        publish(spoil(renamed("A newer name")), edition_database)
        # Each question is a reader's, and one of the next few hundred finds the new edition.
        assert any(folder(address) != before for _ in range(5000))
        assert name(address) == "A newer name"
    assert "postgresql://" not in log.read_text(encoding="utf-8")


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
