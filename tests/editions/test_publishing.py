"""An edition in a database is what the folder holds: whole, once, and to the last digit."""

import json
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import ROOT
from support.layer_edits import GOOD, of, renamed

from geo.__main__ import main
from geo.checks import load
from geo.core.faults import DataError, replace_invisible
from geo.core.home import Home, source_of
from geo.editions.publishing import EDITIONS_KEPT, LOCK, _storable, publish
from geo.layer.dataset import read_dataset
from geo.layer.projects import read_features
from geo.views.assets import data_assets


def published(address):
    return Home(source_of(address).root())


def rows(address, query, *values):
    with psycopg.connect(address) as connection:
        return connection.execute(query, values).fetchall()


def versions(address):
    query = "SELECT version FROM project_map.edition ORDER BY published_at"
    return [version for (version,) in rows(address, query)]


def test_what_is_read_from_the_database_is_what_is_read_from_the_folder(home, shown_database):
    ours, theirs = load(home), load(published(shown_database))
    assert theirs.version == ours.version
    assert theirs.documents == ours.documents
    assert theirs.projects == ours.projects
    assert list(theirs.projects) == list(ours.projects)
    assert theirs.ledger == ours.ledger
    assert theirs.related == ours.related
    assert theirs.events == ours.events
    assert ours.events
    assert theirs.destinations == ours.destinations
    assert ours.destinations
    assert theirs.counties.equals(ours.counties)
    assert theirs.frame.equals(ours.frame)


def test_every_file_the_browser_fetches_is_the_same_byte_for_byte(home, shown_database):
    ours, theirs = data_assets(load(home)), data_assets(load(published(shown_database)))
    assert {name: one.body for name, one in theirs.items()} == {
        name: one.body for name, one in ours.items()
    }


def test_the_geometry_column_is_the_published_geometry_point_for_point(shown_database, dataset):
    found = dict(rows(shown_database, "SELECT id, ST_AsBinary(geometry) FROM project_map.projects"))
    assert list(found) != []
    assert found.keys() == dataset.projects.keys()
    for name, project in dataset.projects.items():
        there = found[name] and shapely.from_wkb(bytes(found[name]))
        assert (there is None) == (project.geometry is None), name
        if there is not None:
            assert there.equals_exact(project.geometry, 0), name


def test_qgis_finds_a_layer_in_wgs_84_with_an_index_and_a_key(shown_database, dataset):
    assert rows(
        shown_database,
        "SELECT f_geometry_column, srid FROM geometry_columns"
        " WHERE f_table_schema = 'project_map' AND f_table_name = 'projects'",
    ) == [("geometry", 4326)]
    assert rows(
        shown_database, "SELECT count(*), count(DISTINCT id) FROM project_map.projects"
    ) == [(len(dataset.projects), len(dataset.projects))]
    (index,) = rows(
        shown_database,
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'project_map'"
        " AND indexname = 'feature_geometry'",
    )
    assert "USING gist (geometry)" in index[0]
    project = dataset.projects[GOOD]
    assert rows(
        shown_database,
        "SELECT name_zh, sector, counties, uncertainty_m, exact FROM project_map.projects"
        " WHERE id = %s",
        GOOD,
    ) == [
        (
            project.name_zh,
            project.sector,
            list(project.counties),
            project.uncertainty_m,
            project.anchors[0].exact,
        )
    ]


def test_the_same_version_twice_is_one_edition(home, database):
    first = publish(home, database)
    before = rows(database, "SELECT xmin::text, * FROM project_map.edition")
    second = publish(home, database)
    assert (first.is_news, second.is_news) == (True, False)
    assert first.version == second.version
    assert rows(database, "SELECT xmin::text, * FROM project_map.edition") == before


def test_two_who_publish_the_same_at_once_make_one_edition(home, database):
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: publish(home, database), range(4)))
    assert sorted(one.is_news for one in done) == [False, False, False, True]
    assert len(versions(database)) == 1


def test_a_layer_that_is_not_in_canonical_form_is_published_in_it(spoil, database, dataset):
    loose = spoil(lambda _: None)
    assert loose.projects.read_bytes() != dataset.home.projects.read_bytes()
    assert publish(loose, database).version == dataset.version


def test_a_faulty_folder_is_refused_with_its_faults_and_changes_nothing(spoil, edition_database):
    (version,) = versions(edition_database)

    def break_schema(collection):
        of(collection)["properties"]["sector"] = "magic"

    with pytest.raises(DataError, match="'magic'"):
        publish(spoil(break_schema), edition_database)
    assert versions(edition_database) == [version]


def test_a_faulty_folder_makes_no_tables_in_an_empty_database(spoil, database):
    def break_rule(collection):
        of(collection)["properties"]["stage_term"] = "投入运营"

    with pytest.raises(DataError):
        publish(spoil(break_rule), database)
    assert rows(database, "SELECT to_regnamespace('project_map')") == [(None,)]


def test_a_publication_that_fails_half_way_leaves_the_edition_before(spoil, edition_database):
    (version,) = versions(edition_database)
    before = published(edition_database).projects.read_bytes()
    with psycopg.connect(edition_database) as connection:
        connection.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RAISE EXCEPTION ''no room''; END'"
        )
        connection.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON project_map.seed"
            " FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
    with pytest.raises(DataError, match="SQLSTATE P0001"):
        publish(spoil(renamed("Another name")), edition_database)
    assert versions(edition_database) == [version]
    assert rows(edition_database, "SELECT DISTINCT edition FROM project_map.feature") == [
        (version,)
    ]
    assert published(edition_database).projects.read_bytes() == before


def test_a_publication_cut_off_at_its_last_step_leaves_the_edition_before(spoil, edition_database):
    (version,) = versions(edition_database)
    newer = spoil(renamed("Another name"))
    with psycopg.connect(edition_database) as holding, ThreadPoolExecutor(1) as pool:
        holding.execute("SELECT FROM project_map.current_edition FOR UPDATE")
        publication = pool.submit(publish, newer, edition_database)
        # All rows are written by then; only the pointer waits.
        with psycopg.connect(edition_database, autocommit=True) as watching:
            waiting = (
                "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND query LIKE '%current_edition%' AND datname = current_database()"
            )
            while not (found := watching.execute(waiting).fetchall()):
                assert not publication.done(), publication.exception()
            assert load(published(edition_database)).version == version
            watching.execute("SELECT pg_terminate_backend(%s)", found[0])
        with pytest.raises(DataError, match="database-answers"):
            publication.result()
    assert versions(edition_database) == [version]
    assert publish(newer, edition_database).is_news


def wait_for_the_seeds(address, is_going_on):
    """Wait until a publication has written its features and waits to write the texts."""
    waiting = "SELECT FROM pg_locks WHERE relation = 'project_map.seed'::regclass AND NOT granted"
    with psycopg.connect(address, autocommit=True) as watching:
        while not watching.execute(waiting).fetchall():
            assert is_going_on()


def test_a_database_that_crashes_while_an_edition_is_published_keeps_the_one_before(
    spoil, edition_database, postgis
):
    (version,) = versions(edition_database)
    newer = spoil(renamed("Another name"))
    with ThreadPoolExecutor(1) as pool, closing(psycopg.connect(edition_database)) as holding:
        holding.execute("LOCK TABLE project_map.seed")
        publication = pool.submit(publish, newer, edition_database)
        wait_for_the_seeds(edition_database, lambda: not publication.done())
        postgis.stop()
        try:
            with pytest.raises(DataError, match="database-answers"):
                publication.result()
        finally:
            postgis.start()
    assert versions(edition_database) == [version]
    assert load(published(edition_database)).version == version
    assert rows(edition_database, "SELECT DISTINCT edition FROM project_map.feature") == [
        (version,)
    ]
    assert publish(newer, edition_database).is_news


def test_a_publisher_that_is_killed_leaves_the_edition_before_and_holds_up_no_other(
    spoil, edition_database
):
    (version,) = versions(edition_database)
    newer = spoil(renamed("Another name"))
    command = [sys.executable, "-m", "geo", "publish", edition_database, "--from", newer.root]
    with psycopg.connect(edition_database) as holding:
        holding.execute("LOCK TABLE project_map.seed")
        with subprocess.Popen(command, cwd=ROOT) as publisher:
            wait_for_the_seeds(edition_database, lambda: publisher.poll() is None)
            publisher.kill()
    assert versions(edition_database) == [version]
    assert publish(newer, edition_database).is_news
    assert len(versions(edition_database)) == 2


def test_of_two_editions_published_at_once_both_are_whole_and_the_later_one_is_shown(
    home, spoil, database
):
    newer = spoil(renamed("Another name"))
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda one: publish(one, database), (home, newer)))
    assert all(one.is_news for one in done)
    assert sorted(versions(database)) == sorted(one.version for one in done)
    counts = "SELECT edition, count(*) FROM project_map.feature GROUP BY edition"
    assert dict(rows(database, counts)) == {one.version: one.projects for one in done}
    assert load(published(database)).version == versions(database)[-1]


def test_a_clock_that_was_set_back_makes_no_new_edition_an_old_one(home, spoil, database):
    known = [
        publish_unchecked(spoil(renamed(f"Name {number}")), database).version
        for number in range(EDITIONS_KEPT)
    ]
    with psycopg.connect(database) as connection:
        connection.execute(
            "UPDATE project_map.edition SET published_at = published_at + interval '1 year'"
        )
    newest = publish_unchecked(home, database).version
    assert versions(database) == [*known[1:], newest]
    assert load(published(database)).version == newest


def test_a_publication_waits_for_the_one_before_it(home, database):
    started = threading.Event()

    def later():
        started.set()
        return publish(home, database)

    with psycopg.connect(database) as holding, ThreadPoolExecutor(1) as pool:
        holding.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        publication = pool.submit(later)
        started.wait()
        with psycopg.connect(database, autocommit=True) as watching:
            waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while not watching.execute(waiting).fetchall():
                assert not publication.done()
        holding.commit()
        assert publication.result().is_news


def test_the_last_editions_are_kept_and_one_of_them_becomes_current_again(home, spoil, database):
    known = [publish_unchecked(home, database).version]
    known += [
        publish_unchecked(spoil(renamed(f"Name {number}")), database).version
        for number in range(EDITIONS_KEPT)
    ]
    assert len(set(known)) == EDITIONS_KEPT + 1
    assert versions(database) == known[1:]
    written = "SELECT xmin::text FROM project_map.feature WHERE edition = %s LIMIT 1"
    before = rows(database, written, known[1])
    again = publish_unchecked(spoil(renamed("Name 0")), database)
    assert (again.version, again.is_news) == (known[1], True)
    assert load(published(database)).version == known[1]
    assert rows(database, written, known[1]) == before
    assert versions(database) == [*known[2:], known[1]]


HOSTILE = [
    "'; DROP SCHEMA project_map CASCADE; --",
    "%s %(id)s {} \\ \" ' `",
    "$$; SELECT pg_sleep(9); $$",
    "</script><script>alert(1)</script>",
]


def test_hostile_words_are_only_words(spoil, database, dataset):
    words = dict(zip(dataset.projects, HOSTILE, strict=False))
    assert len(words) == len(HOSTILE)

    def change(collection):
        for name, text in words.items():
            of(collection, name)["properties"]["name_en"] = text

    publish(spoil(change), database)
    read = load(published(database)).projects
    assert {name: read[name].name_en for name in words} == words
    query = "SELECT id, name_en FROM project_map.projects WHERE id = ANY(%s)"
    assert dict(rows(database, query, list(words))) == words


def test_a_hostile_version_or_id_is_only_text(edition_database):
    with psycopg.connect(edition_database) as connection:
        name = HOSTILE[0]
        connection.execute("INSERT INTO project_map.edition VALUES (%s)", [name])
        connection.execute(
            "UPDATE project_map.feature SET edition = %s, id = %s || id", [name, name]
        )
        connection.execute("UPDATE project_map.current_edition SET version = %s", [name])
    source = source_of(edition_database)
    assert source.fingerprint() == name
    features = json.loads(Home(source.root()).projects.read_bytes())["features"]
    assert features[0]["id"].startswith(name)


@pytest.mark.parametrize(("text", "said"), [("a\0b", "U+0000"), ("half \ud83d", "U+D83D")])
def test_text_that_postgresql_cannot_hold_is_refused_before_it_is_asked(copy, text, said):
    collection = json.loads(copy.projects.read_text(encoding="utf-8"))
    renamed(text)(collection)
    copy.projects.write_text(json.dumps(collection), encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(said)) as caught:
        publish(copy, "postgresql://nobody@localhost:1/none")
    assert {fault.record for fault in caught.value.faults} <= {GOOD, "data/projects.geojson"}


def test_words_of_a_document_that_postgresql_cannot_hold_are_refused_by_name(home):
    layer = json.loads(home.projects.read_text(encoding="utf-8"))
    feature = of(layer)
    assert list(_storable(feature)) == []
    # A document may hold what a name may not, and its quotes hold it with it.
    feature["properties"]["anchors"][0]["prefix"] = "a\0b"
    assert [(one.check, one.record) for one in _storable(feature)] == [("database-text", GOOD)]


storable = st.text(st.characters(codec="utf-8"), max_size=40).map(replace_invisible)
within = st.floats(104.5, 105.5), st.floats(29.7, 30.4)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=storable, points=st.lists(st.tuples(*within), min_size=2, max_size=20, unique=True))
def test_any_text_and_any_coordinates_come_back_as_they_were(spoil, database, name, points):
    def change(collection):
        feature = of(collection)
        feature["properties"]["name_en"] = f"x{name}"
        feature["geometry"] = {"type": "LineString", "coordinates": points}
        collection["features"] = [feature]

    changed = spoil(change)
    publish_unchecked(changed, database)
    assert read_features(published(database).projects) == read_features(changed.projects)
    query = "SELECT ST_AsBinary(geometry) FROM project_map.projects WHERE id = %s"
    ((shape,),) = rows(database, query, GOOD)
    assert list(shapely.from_wkb(bytes(shape)).coords) == points


def publish_unchecked(home, address):
    """Publish a layer whose rules on place do not matter here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.editions.publishing.load", read_dataset)
        return publish(home, address)


def test_the_command_publishes_the_folder_it_is_given(copy, spoil, database, capsys):
    spoil(renamed("A name of its own"))
    assert main(["publish", database, "--from", str(copy.root)]) == 0
    assert "is now shown" in capsys.readouterr().out
    assert load(published(database)).projects[GOOD].name_en == "A name of its own"
    assert main(["publish", database, "--from", str(copy.root)]) == 0
    assert "nothing was changed" in capsys.readouterr().out


def test_the_command_checks_and_quotes_the_edition_but_never_writes_to_it(
    shown_database, dataset, monkeypatch, capsys
):
    monkeypatch.setenv("PROJECT_MAP_HOME", shown_database)
    assert main([]) == 0
    assert dataset.version in capsys.readouterr().out
    assert main(["quote", "十", "布局高铁动货基地"]) == 0
    for command in ("format", "dictionary"):
        assert main([command]) == 1
        assert "home-folder" in capsys.readouterr().err


def test_the_set_up_that_the_documentation_prints_is_enough_and_not_more(home, postgis, dataset):
    database = postgis.create()
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    setup, grant, back = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    with postgis.connect(database) as connection:
        connection.execute("DROP EXTENSION postgis")
        for role in ("map_publisher", "map_reader", "map_gis"):
            connection.execute(f"DROP ROLE IF EXISTS {role}")
        connection.execute(setup.replace("ziyang", database))
        for role in ("map_publisher", "map_reader", "map_gis"):
            connection.execute(f"ALTER ROLE {role} PASSWORD 'of-the-test'")
    publisher, reader, gis = (
        postgis.address(database, f"map_{name}", "of-the-test")
        for name in ("publisher", "reader", "gis")
    )
    publish(home, publisher)
    with psycopg.connect(publisher) as connection:
        connection.execute(grant)
        connection.execute(back.replace("0123456789ab", dataset.version))
    assert load(published(reader)).version == dataset.version
    with pytest.raises(DataError, match="database-rights"):
        publish(home, gis)
    count = [(len(dataset.projects),)]
    assert rows(gis, "SELECT count(*) FROM project_map.projects") == count
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(gis, "SELECT FROM project_map.feature")
    for change in ("DELETE FROM project_map.edition", "UPDATE project_map.feature SET id = 'x'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            rows(reader, change)
