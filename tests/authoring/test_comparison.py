"""Two editions compared: what is added, removed, changed, and by how much."""

import copy as copying
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.__main__ import main
from geo.authoring.review import compare_editions, read_edition

GOOD = "ziyang-north-hub"


@pytest.fixture(scope="module")
def edition(home):
    return read_edition(home.root)


def changed(edition, name=GOOD, geometry=..., **properties):
    new = copying.deepcopy(edition)
    new[name]["properties"].update(properties)
    if geometry is not ...:
        new[name]["geometry"] = geometry
    return new


@pytest.fixture(scope="module")
def names(edition):
    return list(edition)


def test_an_edition_differs_in_nothing_from_itself(edition):
    same = compare_editions(edition, copying.deepcopy(edition))
    assert (same.added, same.removed, same.changed) == ((), (), ())


def test_a_file_and_its_folder_are_one_edition(home, edition):
    assert read_edition(home.projects) == edition


@given(data=st.data())
def test_what_is_added_one_way_is_removed_the_other(edition, data):
    names = st.sets(st.sampled_from(sorted(edition)))
    old = {name: edition[name] for name in data.draw(names)}
    new = {name: edition[name] for name in data.draw(names)}
    there, back = compare_editions(old, new), compare_editions(new, old)
    assert [one["id"] for one in there.added] == sorted(set(new) - set(old))
    assert there.added == back.removed
    assert there.removed == back.added
    assert not there.changed


def test_each_changed_field_is_told_with_both_values(edition):
    old = edition[GOOD]["properties"]
    (change,) = compare_editions(edition, changed(edition, stage="study", sector="road")).changed
    assert {(one.field, one.old, one.new) for one in change.fields} == {
        ("stage", old["stage"], "study"), ("sector", old["sector"], "road"),
    }  # fmt: skip
    assert change.geometry is None


def test_a_short_name_that_comes_or_goes_is_told(edition):
    name = "chengdawan-hsr"
    short = edition[name]["properties"]["short_en"]
    without = copying.deepcopy(edition)
    del without[name]["properties"]["short_en"]
    (come,) = compare_editions(without, edition).changed
    (gone,) = compare_editions(edition, without).changed
    assert [(one.field, one.old, one.new) for one in come.fields] == [("short_en", None, short)]
    assert [(one.field, one.old, one.new) for one in gone.fields] == [("short_en", short, None)]


def test_a_point_moved_by_a_minute_of_latitude_moved_a_nautical_mile(edition):
    old = changed(edition, geometry={"type": "Point", "coordinates": [104.68, 30.0]})
    new = changed(edition, geometry={"type": "Point", "coordinates": [104.68, 30.0 + 1 / 60]})
    (change,) = compare_editions(old, new).changed
    assert change.geometry.moved_m == pytest.approx(1852, rel=0.005)
    assert change.geometry.old.area_km2 == change.geometry.old.length_km == 0


def square(west, south, size):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_an_area_twice_as_wide_is_four_times_as_large(edition):
    old = changed(edition, geometry=square(104.6, 30.0, 0.1))
    new = changed(edition, geometry=square(104.55, 29.95, 0.2))
    (change,) = compare_editions(old, new).changed
    assert change.geometry.new.area_km2 == pytest.approx(4 * change.geometry.old.area_km2, rel=0.01)
    assert change.geometry.moved_m < 50


def test_a_geometry_that_comes_or_goes_has_not_moved(edition):
    gone = changed(edition, geometry=None)
    (lost,) = compare_editions(edition, gone).changed
    (found,) = compare_editions(gone, edition).changed
    assert lost.geometry.moved_m is None
    assert lost.geometry.new is None
    assert found.geometry.old is None
    assert found.geometry.new == lost.geometry.old


@pytest.fixture
def editions(copy, tmp_path, home):
    """Return the shipped file, and one with an added, a removed, and changed projects."""
    collection = json.loads(copy.projects.read_text(encoding="utf-8"))
    features = {one["id"]: one for one in collection["features"]}
    first = next(iter(features))
    gone = features.pop(first)
    extra = copying.deepcopy(gone)
    extra["id"] = extra["properties"]["id"] = "zz-new"
    extra["properties"]["name_en"] = "A *new* <b>park</b>"
    features[GOOD]["properties"]["stage"] = "study"
    features["chengziyi-hsr"]["geometry"]["coordinates"].reverse()
    features["ziyang-west-hub"]["geometry"] = None
    collection["features"] = [*features.values(), extra]
    path = tmp_path / "new.geojson"
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return str(home.root), str(path), first


def test_the_command_tells_people_what_differs(editions, capsys):
    old, new, first = editions
    assert main(["diff", old, new]) == 0
    told = capsys.readouterr().out
    assert told.startswith("1 added, 1 removed, 3 changed\n")
    assert "\n+ zz-new  " in told
    assert f"\n- {first}  " in told
    assert "    stage: 'plan' → 'study'\n" in told
    assert "geometry: taken off the map" in told
    assert "centroid moved 0 m; length" in told


def test_the_command_writes_a_release_note_in_which_a_name_is_no_markup(editions, capsys):
    old, new, first = editions
    assert main(["diff", "--markdown", old, new]) == 0
    told = capsys.readouterr().out
    assert told.startswith("## Projects: 1 added, 1 removed, 3 changed\n\n### Added\n\n- **")
    assert r"A \*new\* \<b\>park\</b\> (`zz-new`)" in told
    assert "### Removed" in told
    assert f"(`{first}`)" in told


def test_the_command_tells_machines_the_whole_values(editions, capsys):
    old, new, first = editions
    assert main(["diff", "--json", old, new]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in told["added"]] == ["zz-new"]
    assert [one["id"] for one in told["removed"]] == [first]
    changes = {one["id"]: one for one in told["changed"]}
    assert changes[GOOD]["fields"] == [{"field": "stage", "old": "plan", "new": "study"}]
    assert changes["chengziyi-hsr"]["geometry"]["moved_m"] == pytest.approx(0, abs=1)
    assert changes["ziyang-west-hub"]["geometry"]["new"] is None


def test_two_equal_editions_say_so(home, capsys):
    assert main(["diff", str(home.root), str(home.projects)]) == 0
    assert capsys.readouterr().out == "0 added, 0 removed, 0 changed\n"


def test_events_that_differ_are_told_and_the_others_are_not(copy, home, capsys):
    content = json.loads(copy.events.read_text(encoding="utf-8"))
    gone = content.pop(0)
    content[0]["scope_note_en"] = "the <b>north</b> part"
    copy.events.write_text(json.dumps(content), encoding="utf-8")
    assert main(["diff", "--json", str(home.root), str(copy.root)]) == 0
    events = json.loads(capsys.readouterr().out)["events"]
    assert events["added"] == [content[0]]
    assert [one["source"] for one in events["removed"]] == [gone["source"], content[0]["source"]]
    assert main(["diff", str(home.root), str(copy.root)]) == 0
    told = capsys.readouterr().out
    assert told.count("\n+ event ") == 1
    assert told.count("\n- event ") == 2
    assert gone["source"]["url"] in told


def test_the_file_of_a_layer_takes_no_event_away(home, capsys):
    assert main(["diff", str(home.root), str(home.projects)]) == 0
    assert "event" not in capsys.readouterr().out


BAD = {
    "no file": (None, "file-readable"),
    "no JSON": ("{", "file-json"),
    "no layer": ('{"type": "FeatureCollection", "features": [{}]}', "schema"),
}


@pytest.mark.parametrize("case", BAD)
def test_an_edition_that_cannot_be_read_is_a_fault(tmp_path, home, capsys, case):
    content, check = BAD[case]
    path = tmp_path / "bad.geojson"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    for order in ([str(home.root), str(path)], [str(path), str(home.root)]):
        assert main(["diff", *order]) == 1
        assert f"[{check}]" in capsys.readouterr().err


def test_a_geometry_off_the_globe_is_a_fault(spoil, home, capsys):
    def far(collection):
        feature = next(one for one in collection["features"] if one["id"] == GOOD)
        feature["geometry"] = {"type": "Point", "coordinates": [304.6, 30.1]}

    assert main(["diff", str(home.root), str(spoil(far).root)]) == 1
    assert "does not lie on the globe" in capsys.readouterr().err
