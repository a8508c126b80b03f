"""What the app is made of is named in full, and silence about it is never taken for good news."""

import json
import shutil

import pytest
from packaging.utils import canonicalize_name
from support import ROOT

from tools.audit import BILL, REPORT, REQUIREMENTS, vulnerabilities
from tools.audit.packages import installed, required
from tools.audit.report import KNOWN, NOBODY, NONE, conclusion, fingerprint, judge, report
from tools.audit.sbom import pruned
from tools.audit.vulnerabilities import Answer, ask, read

PACKAGES = {"jinja2": "3.1.6", "numpy": "2.0"}
GOOD = {"name": "jinja2", "version": "3.1.6", "vulns": []}
BAD = {"name": "numpy", "version": "2.0", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]}
SKIPPED = {"name": "numpy", "skip_reason": "Dependency not found on PyPI"}


def pin(requirement):
    return str(requirement.specifier).removeprefix("==")


def said(*dependencies):
    return json.dumps({"dependencies": dependencies, "fixes": []})


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """A function that puts a pip-audit in place that prints this for each service."""

    def put(**by_service):
        for service, text in by_service.items():
            (tmp_path / service).write_text(text, encoding="utf-8")
        script = tmp_path / "pip-audit"
        script.write_text(f'#!/bin/sh\nfor last; do :; done\ncat "{tmp_path}/$last"\nexit 1\n')
        script.chmod(0o755)
        monkeypatch.setattr(vulnerabilities, "TOOLS", tmp_path)

    return put


@pytest.fixture
def pinned(tmp_path):
    """A function that pins a report of these answers, about requirements of its own."""

    def put(*answers):
        requirements, page = tmp_path / "requirements.txt", tmp_path / "audit.md"
        shutil.copy(REQUIREMENTS, requirements)
        page.write_text(report(PACKAGES, answers, "2026-01-31"), encoding="utf-8")
        return requirements, page

    return put


def test_a_package_that_was_skipped_is_not_one_without_vulnerabilities():
    answer = read("pypi", PACKAGES, said(GOOD, SKIPPED))
    assert answer.silent == ("numpy",)
    assert conclusion([answer]) == NOBODY
    assert conclusion([read("pypi", PACKAGES, said(GOOD, BAD | {"vulns": []}))]) == NONE


def test_a_vulnerability_is_told_though_others_were_skipped():
    answer = read("pypi", PACKAGES, said(BAD))
    assert answer.silent == ("jinja2",)
    assert answer.known == {"numpy": ("CVE-1 (fixed in 2.1)",)}
    assert conclusion([answer]) == KNOWN


def test_a_service_that_cannot_be_reached_is_silent_about_all(tool):
    tool(pypi="", osv="")
    assert [one.silent for one in ask(PACKAGES)] == [tuple(PACKAGES)] * 2


def test_the_next_service_is_asked_only_where_one_was_silent(tool):
    tool(pypi=said(GOOD, SKIPPED), osv=said(GOOD, BAD))
    assert [one.service for one in ask(PACKAGES)] == ["pypi", "osv"]
    tool(pypi=said(GOOD, BAD))
    assert [one.service for one in ask(PACKAGES)] == ["pypi"]


ALL = Answer("pypi", {"jinja2": (), "numpy": ()}, ())
HIT = Answer("pypi", {"jinja2": (), "numpy": ("CVE-1 (fixed in 2.1)",)}, ())
SILENT = Answer("pypi", {}, ("jinja2", "numpy"))


@pytest.mark.parametrize(
    ("case", "status", "words"),
    [
        ((ALL, HIT), 0, NONE),
        ((HIT, ALL), 1, "numpy: CVE-1 (fixed in 2.1)"),
        ((SILENT, ALL), 0, f"No service answered. The pinned report of 2026-01-31 is about these very requirements; it says: {NONE}."),
        ((SILENT, SILENT), 0, NOBODY),
        ((SILENT, HIT), 1, KNOWN),
    ],
)  # fmt: skip
def test_the_verdict_is_that_of_now_and_only_in_silence_the_pinned_one(
    pinned, capsys, case, status, words
):
    now, then = case
    requirements, page = pinned(then)
    assert judge([now], requirements, page) == status
    assert words in capsys.readouterr().out


def test_a_pinned_report_about_other_requirements_is_no_excuse(pinned, capsys):
    requirements, page = pinned(ALL)
    with requirements.open("a", encoding="utf-8") as file:
        file.write("another==1.0\n")
    assert judge([SILENT], requirements, page) == 1
    assert "about other requirements" in capsys.readouterr().out


def test_the_report_of_this_folder_is_about_its_requirements():
    page = REPORT.read_text(encoding="utf-8")
    assert f"| requirements.txt | `{fingerprint(REQUIREMENTS)}` |" in page
    for one in required(REQUIREMENTS):
        assert f"| {canonicalize_name(one.name)} | {pin(one)} | " in page


def test_the_bill_names_every_required_package_with_its_version():
    bill = json.loads(BILL.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    named = {(canonicalize_name(one["name"]), one["version"]) for one in bill["components"]}
    asked = {(canonicalize_name(one.name), pin(one)) for one in required(REQUIREMENTS)}
    assert asked <= named


def test_the_bill_holds_nothing_that_only_the_tests_need_and_no_place_on_a_machine():
    text = BILL.read_text(encoding="utf-8")
    bill = json.loads(text)
    names = {one["name"].lower() for one in bill["components"]}
    assert names >= {"starlette", "numpy", "psycopg-binary"}
    assert not names & {"pytest", "playwright", "ruff", "mypy", "hypothesis", "pip"}
    assert "file:" not in text
    assert str(ROOT) not in text
    there = {one["bom-ref"] for one in bill["components"]}
    edges = {ref for one in bill["dependencies"] for ref in one["dependsOn"]}
    assert edges <= there


def test_what_is_not_kept_leaves_no_edge_in_the_bill():
    bill = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [{"name": "Jinja2", "bom-ref": "a"}, {"name": "pytest", "bom-ref": "b"}],
        "dependencies": [
            {"ref": "root", "dependsOn": ["a", "b"]},
            {"ref": "a"},
            {"ref": "b", "dependsOn": ["a"]},
        ],
    }
    kept = pruned(bill, PACKAGES)
    assert [one["name"] for one in kept["components"]] == ["Jinja2"]
    assert kept["dependencies"] == [
        {"ref": "root", "dependsOn": ["a"]},
        {"ref": "a", "dependsOn": []},
    ]


def test_the_packages_are_those_required_and_all_that_they_require():
    found = installed(REQUIREMENTS)
    for one in required(REQUIREMENTS):
        assert found[canonicalize_name(one.name)] == pin(one)
    assert {"starlette", "numpy", "psycopg-binary"} <= set(found)
    assert not {"pytest", "playwright", "ruff"} & set(found)
