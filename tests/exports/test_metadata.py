"""The dataset describes itself as standards ask: a data package, a citation, JSON-LD."""

import json
import re
import tomllib

import jsonschema
import pytest
import yaml
from frictionless import Package, validate
from support import ROOT

from geo.__main__ import main
from geo.core.files import format_json
from geo.exports.metadata import data_package, dataset_jsonld
from geo.layer.codes import COUNTIES, PRECISION_CODES, SECTOR_CODES, STAGE_CODES
from geo.layer.projects import PROPERTIES


@pytest.fixture(scope="module")
def package(dataset):
    return data_package(dataset)


def fields_of(package):
    return {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}


def test_the_package_in_the_folder_is_the_one_the_data_makes(home, package):
    written = (home.root / "datapackage.json").read_text(encoding="utf-8")
    assert written == format_json(package), "run: python -m geo datapackage"


def test_the_command_writes_the_package(copy, monkeypatch, package):
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copy.root))
    assert main(["datapackage"]) == 0
    assert json.loads((copy.root / "datapackage.json").read_text(encoding="utf-8")) == package


def test_frictionless_finds_the_package_and_every_file_of_it_valid(home):
    report = validate(str(home.root / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == 12


def test_a_file_that_changed_since_is_found_out(copy, package):
    (copy.root / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    copy.related.write_text("[]", encoding="utf-8")
    report = validate(str(copy.root / "datapackage.json"))
    assert {error for (error,) in report.flatten(["type"])} >= {"hash-count"}


def table(package, rows):
    """Return a package with the rows inline, under the table schema of the layer."""
    kept = {key: package[key] for key in ("$schema", "name")}
    resource = {"name": "rows", "data": rows, "schema": package["resources"][0]["schema"]}
    return Package.from_descriptor(kept | {"resources": [resource]})


def test_every_project_is_a_row_that_keeps_the_table_schema(home, package):
    layer = json.loads(home.projects.read_text(encoding="utf-8"))
    rows = [one["properties"] | {"geometry": one["geometry"]} for one in layer["features"]]
    report = table(package, rows).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
    assert report.tasks[0].stats["rows"] == len(rows)
    spoiled = [rows[0] | {"uncertainty_m": -1}]
    assert not table(package, spoiled).validate().valid


def test_each_property_of_the_contract_is_a_field(package):
    assert list(fields_of(package)) == [*PROPERTIES["properties"], "geometry"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [("sector", SECTOR_CODES), ("stage", STAGE_CODES), ("precision", PRECISION_CODES)],
)
def test_each_codelist_is_categories_with_labels_in_both_languages(package, name, codes):
    categories = fields_of(package)[name]["categories"]
    assert [one["value"] for one in categories] == list(codes)
    for one in categories:
        chinese, english = one["label"].split(" / ")
        assert re.search("[一-鿿]", chinese)
        assert english.isascii()


def test_the_counties_have_their_codes_and_labels(package):
    listed = fields_of(package)["counties"]["items"]["oneOf"]
    assert [one["const"] for one in listed] == list(COUNTIES)
    assert listed[0]["title"] == "雁江区 / Yanjiang District"


CITATION = {
    "type": "object",
    "required": ["cff-version", "message", "title", "authors"],
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": {"type": "string", "minLength": 1},
        "type": {"enum": ["dataset", "software"]},
        "title": {"type": "string", "minLength": 1},
        "abstract": {"type": "string", "minLength": 1},
        "version": {"type": "string", "minLength": 1},
        "license": {"enum": ["ODbL-1.0", "MIT"]},
        "keywords": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "authors": {"$ref": "#/$defs/authors"},
        "references": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["authors", "title", "type"],
                "properties": {
                    "type": {"const": "government-document"},
                    "title": {"type": "string"},
                    "authors": {"$ref": "#/$defs/authors"},
                    "date-published": {"pattern": r"^\d{4}-\d{2}-\d{2}$"},
                    "publisher": {"$ref": "#/$defs/entity"},
                    "languages": {"type": "array", "items": {"pattern": "^[a-z]{2,3}$"}},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
    "$defs": {
        "entity": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string", "minLength": 1}},
            "additionalProperties": False,
        },
        "authors": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/entity"}},
    },
}
"""The part of the Citation File Format 1.2.0 that the file uses."""


@pytest.fixture(scope="module")
def citation():
    # Without YAML's own dates and numbers: a version and a day are texts to whoever cites.
    return yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes texts only


def test_the_citation_keeps_the_citation_file_format(citation):
    jsonschema.validate(citation, CITATION)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(citation | {"authors": []}, CITATION)


def test_the_citation_names_the_version_and_the_decision_as_they_are(citation, dataset):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["version"] == project["version"]
    (decision,) = citation["references"]
    about = dataset.document.about
    assert decision["title"] == about["title"]
    assert decision["authors"] == [{"name": about["issuer"]}]
    assert decision["date-published"] == about["published"]
    assert decision["publisher"] == {"name": about["publisher"]}


def test_the_json_ld_is_a_dataset_that_catalogues_accept(dataset):
    told = dataset_jsonld(dataset)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(told["description"]) <= 5000
    assert told["license"].startswith("https://opendatacommons.org/")
    assert told["isBasedOn"]["sha256"] == dataset.document.sha256
    measured = [one["name"] for one in told["variableMeasured"]]
    assert measured == [*PROPERTIES["properties"], "since", "events"]
    assert told["temporalCoverage"] == f"2020-07-25/{max(one.as_of for one in dataset.events)}"


def test_the_json_ld_states_its_box_latitude_first(dataset):
    south, west, north, east = map(
        float, dataset_jsonld(dataset)["spatialCoverage"]["geo"]["box"].split()
    )
    assert 29 < south < north < 31
    assert 104 < west < east < 106
