"""A folder that is replaced while it is read is shown as it was or as it is, never as a mixture."""

import shutil

import pytest
from support.layer_edits import GOOD, renamed

import geo.editions.snapshot
from geo.core.files import ENVIRONMENT_VARIABLE
from geo.editions.store import ATTEMPTS, Store
from geo.layer.dataset import read_dataset


@pytest.fixture
def replaced_while_read(monkeypatch, copy):
    """Return a function that says what happens to the folder after each of the next readings."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(copy.root))
    to_do = []

    def loaded(home):
        dataset = read_dataset(home)
        if to_do:
            to_do.pop(0)()
        return dataset

    monkeypatch.setattr(geo.editions.snapshot, "load_published", loaded)
    return to_do.extend


def test_a_folder_replaced_while_it_is_read_is_read_again_before_it_is_shown(
    replaced_while_read, copy, spoil
):
    replaced_while_read([lambda: spoil(renamed("A newer name"))])
    reading = Store().read()
    assert reading.faults == ()
    assert reading.edition.dataset.projects[GOOD].name_en == "A newer name"
    assert reading.edition.dataset.version == read_dataset(copy).version


def test_a_folder_that_is_changed_without_end_leaves_the_last_edition_and_is_read_later(
    replaced_while_read, copy, spoil
):
    store = Store()
    good = store.read()
    spoil(renamed("Name 0"))
    replaced_while_read(
        [
            lambda number=number: spoil(renamed(f"Name {number}"))
            for number in range(1, ATTEMPTS + 1)
        ]
    )
    reading = store.read()
    assert reading.edition is good.edition
    assert [fault.check for fault in reading.faults] == ["home-changing"]
    assert reading.current_on is not None
    assert store.read().edition.dataset.projects[GOOD].name_en == f"Name {ATTEMPTS}"
    assert read_dataset(copy).version == store.read().edition.dataset.version


def test_another_file_with_the_same_size_and_date_is_seen(replaced_while_read, copy, spoil):
    replaced_while_read([])
    spoil(renamed("First name"))
    store = Store()
    assert store.read().edition.dataset.projects[GOOD].name_en == "First name"
    layer = copy.projects
    beside = layer.with_suffix(".new")
    beside.write_bytes(layer.read_bytes().replace(b"First name", b"Other name"))
    shutil.copystat(layer, beside)
    beside.replace(layer)
    assert store.read().edition.dataset.projects[GOOD].name_en == "Other name"
