"""The OC4IDS package keeps the official schema and codelists, and its codes are the crosswalks."""

import csv
import json

import jsonschema
import pytest
from hypothesis import given, settings
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4
from support import ROOT
from support.strategies import filters

from geo.exports.formats import export
from geo.layer.codes import PRECISIONS, SECTORS, STAGES
from geo.layer.filters import ProjectFilter
from geo.layer.selection import select

FOLDER = ROOT / "tests" / "data" / "oc4ids"


def schema(name):
    return json.loads((FOLDER / f"{name}-schema.json").read_text(encoding="utf-8"))


def official():
    """Return the validator of a project package, the formats of dates included."""
    project = schema("project")
    # The schema names itself with its address; nothing is fetched.
    known = Registry().with_resource(
        project["id"], Resource.from_contents(project, default_specification=DRAFT4)
    )
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    return jsonschema.Draft4Validator(
        schema("project-package"), registry=known, format_checker=checker
    )


def codelist(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["Code"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def package(dataset):
    return json.loads(export(select(dataset, ProjectFilter()), "oc4ids"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_layer_is_valid(dataset, language):
    made = json.loads(export(select(dataset, ProjectFilter()), "oc4ids", language))
    assert [error.message for error in official().iter_errors(made)] == []


@given(asked=filters)
@settings(max_examples=10, deadline=None)
def test_every_selection_with_a_project_is_valid(dataset, asked):
    selection = select(dataset, asked)
    if selection.projects:
        official().validate(json.loads(export(selection, "oc4ids")))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda package: package.update(projects=[]),
        lambda package: package.pop("uri"),
        lambda package: package.update(version="0.9.5"),
        lambda package: package["projects"][0].pop("id"),
        lambda package: package["projects"][0].update(status="planned"),
        lambda package: package["projects"][0]["documents"][0].pop("id"),
        lambda package: package["projects"][0]["locations"][0].update(geometry=[1]),
    ],
)
def test_the_schema_refuses_a_spoiled_package(package, spoil):
    twin = json.loads(json.dumps(package))
    spoil(twin)
    assert not official().is_valid(twin)


def test_every_code_is_one_of_the_official_codelists(package):
    for project in package["projects"]:
        assert project["status"] in codelist("projectStatus")
        assert project["type"] in codelist("projectType")
        assert set(project["sector"]) <= codelist("projectSector")
        kinds = {one["documentType"] for one in project["documents"] if "documentType" in one}
        assert {"projectPlan"} <= kinds <= {"projectPlan", "physicalProgressReport"}
        assert kinds <= codelist("documentType")


def test_every_code_of_ours_has_an_official_one():
    assert {one.oc4ids for one in SECTORS} <= codelist("projectSector")
    assert {one.oc4ids_status for one in STAGES} <= codelist("projectStatus")
    assert {one.oc4ids_type for one in STAGES} <= codelist("projectType")
    assert {one.iati for one in PRECISIONS} <= {"1", "2"}


def test_each_project_quotes_the_decision_and_says_how_its_place_is_known(dataset, package):
    assert package["projects"]
    for made in package["projects"]:
        project = dataset.projects[made["id"]]
        plan = made["documents"][0]
        assert plan["id"] == project.anchors[0].document
        assert all(anchor.exact in plan["description"] for anchor in project.anchors)
        place = made["locations"][0]
        assert project.basis_in("zh") in place["description"]
        if project.uncertainty_m is not None:
            assert f"±{project.uncertainty_m:g} m" in place["description"]
        named = [code for one in made["locations"][1:] for code in one["gazetteer"]["identifiers"]]
        assert named == list(project.counties)


def test_what_happened_since_stands_beside_the_status_and_never_in_it(dataset, package):
    ended = 0
    for made in package["projects"]:
        project = dataset.projects[made["id"]]
        own = dataset.events_of.get(project.id, ())
        assert made["status"] == next(
            one.oc4ids_status for one in STAGES if one.code == project.stage
        )
        assert made["since"] == dataset.since[project.id].code
        assert [one["source"]["url"] for one in made["events"]] == [one.source.url for one in own]
        told = [one for one in made["documents"] if one["id"].startswith(f"{project.id}/event-")]
        assert [one["author"] for one in told] == [one.source.publisher for one in own]
        if "completion" in made:
            ended += 1
            days = [one.date for one in own if (one.type, one.scope) == ("opened", "whole")]
            assert made["completion"]["endDate"][:10] in days
    assert ended
    assert not [
        made["id"]
        for made in package["projects"]
        if "completion" in made and dataset.since[made["id"]].code == "part_open"
    ]


def test_a_status_is_of_the_day_of_the_decision_and_says_so(dataset, package):
    day = dataset.document.about["adopted"]
    for made in package["projects"]:
        assert made["updated"].startswith(day)
        assert day in made["description"]
