"""A home that a process of its own reads is the same as one that is read here, faults and all."""

import os
import pickle
import threading

import pytest
from support.layer_edits import GOOD, renamed
from support.memory_home import files_of as files_in

from geo.core import worker
from geo.core.faults import DataError
from geo.core.files import ENVIRONMENT_VARIABLE, InMemoryPath
from geo.core.home import Home
from geo.editions import snapshot
from geo.editions.snapshot import files_of, read_snapshot
from geo.editions.store import Store
from geo.exports.formats import FORMAT
from geo.layer.filters import ProjectFilter
from geo.layer.selection import select
from geo.views.assets import folder_of


@pytest.fixture
def apart(monkeypatch):
    monkeypatch.setattr(snapshot, "APART_BYTES", 0)


def in_memory(home):
    return Home(InMemoryPath(files_in(home)))


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("kind", [Home, in_memory], ids=["folder", "database"])
def test_a_home_read_by_a_process_is_the_same_as_one_read_here(home, dataset, monkeypatch, kind):
    theirs, their_assets = read_snapshot(home if kind is Home else in_memory(home))
    monkeypatch.setattr(snapshot, "APART_BYTES", float("inf"))
    ours, our_assets = read_snapshot(home)
    assert theirs.version == ours.version == dataset.version
    assert list(theirs.projects.values()) == list(ours.projects.values())
    assert theirs.frame.drop(columns="geometry").equals(ours.frame.drop(columns="geometry"))
    assert {name: one.body for name, one in their_assets.items()} == {
        name: one.body for name, one in our_assets.items()
    }
    assert folder_of(their_assets) == folder_of(our_assets)
    csv = FORMAT["csv"].write
    everything = ProjectFilter()
    assert csv(select(theirs, everything), "en") == csv(select(ours, everything), "en")


@pytest.mark.usefixtures("apart")
def test_a_home_with_faults_says_the_same_wherever_it_is_read(copy, spoil, monkeypatch):
    spoil(lambda layer: layer["features"][0]["properties"].update(sector="nonsense"))
    with pytest.raises(DataError) as theirs:
        read_snapshot(copy)
    monkeypatch.setattr(snapshot, "APART_BYTES", float("inf"))
    with pytest.raises(DataError) as ours:
        read_snapshot(copy)
    assert theirs.value.faults == ours.value.faults
    assert "nonsense" in str(theirs.value)


@pytest.mark.usefixtures("apart")
def test_the_files_of_a_home_of_a_database_go_with_its_dataset(home):
    dataset, _ = read_snapshot(in_memory(home))
    folder = files_of(dataset).home
    assert dataset.home.root == folder
    assert (folder / "dataset").is_file()
    assert (folder / "data" / "projects.geojson").is_file()
    del dataset
    assert not folder.exists()


@pytest.mark.usefixtures("apart")
def test_a_process_that_is_killed_while_it_reads_leaves_the_last_edition_and_is_started_again(
    copy, spoil, monkeypatch
):
    def killed(stop, _, environment):
        return worker.run_apart(stop, pickle.dumps((os._exit, (9,))), environment)

    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(copy.root))
    store = Store()
    good = store.read()
    spoil(renamed("A newer name"))
    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "run_apart", killed)
        state = store.read()
    assert state.edition is good.edition
    assert [fault.check for fault in state.faults] == ["home-reading"]
    assert "ended early (exit status 9), so edition" in state.faults[0].rule
    state = store.read()
    assert state.faults == ()
    assert state.edition.dataset.projects[GOOD].name_en == "A newer name"


@pytest.mark.usefixtures("apart")
def test_readers_go_on_with_the_last_edition_while_a_large_one_is_read(copy, spoil, monkeypatch):
    begun, end = threading.Event(), threading.Event()

    def slow(*values):
        begun.set()
        end.wait()
        return worker.run_apart(*values)

    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(copy.root))
    store = Store()
    good = store.read()
    spoil(renamed("A newer name"))
    monkeypatch.setattr(snapshot, "run_apart", slow)
    first = threading.Thread(target=store.read)
    first.start()
    begun.wait()
    assert store.read() is good
    end.set()
    first.join()
    assert store.read().edition.dataset.projects[GOOD].name_en == "A newer name"
