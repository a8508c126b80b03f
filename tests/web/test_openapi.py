"""The API keeps what its OpenAPI description promises, tried with requests made from the description."""

import json
import re
import subprocess
import sys

import pytest

from geo.exports.formats import PRINTS
from geo.web.api import openapi

SETTINGS = r"""
[[operations]]
include-path-regex = '^/(map|projects)\.(?!csv$)'
phases.coverage.enabled = false
"""
"""All files of projects are asked for by the same parameters. The CSV stands for them: it is asked for
with every value that the description names, with values that break it, and with methods that it does
not name. The others are asked for at random."""

DRAWN = [f"/map.{one.extension}" for one in PRINTS if one.extension != "html"]
"""Files that take a second each to draw. They have tests of their own in tests/sheet."""

LEAST = 250
"""About so many requests are made; with fewer, a part of the description would have been left out."""


@pytest.fixture
def tried(app, tmp_path):
    """A function that makes requests from a description; it returns Schemathesis's verdict and report."""
    described, settings = tmp_path / "openapi.json", tmp_path / "schemathesis.toml"
    settings.write_text(SETTINGS, encoding="utf-8")

    def run(description, *options):
        described.write_text(json.dumps(description), encoding="utf-8")
        command = [sys.executable, "-m", "schemathesis.cli", f"--config-file={settings}", "run"]
        command += [str(described), f"--url={app}/api", "--no-color", "--generation-deterministic"]
        command += ["--max-examples=6", "--no-shrink", "--request-timeout=60", *options]
        made = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return made.returncode, made.stdout + made.stderr

    return run


def test_each_answer_is_one_that_the_description_names(tried):
    code, report = tried(
        openapi(""),
        *(f"--exclude-path={path}" for path in DRAWN),
        "--phases=examples,coverage,fuzzing",
    )
    assert code == 0, report
    assert f"Selected: {len(openapi('')['paths']) - len(DRAWN)}/" in report, report
    assert int(re.search(r"(\d+) generated", report)[1]) > LEAST, report


def test_an_answer_that_it_does_not_name_is_found(tried):
    description = openapi("")
    del description["paths"]["/projects.csv"]["get"]["responses"]["400"]
    code, report = tried(description, "--include-path=/projects.csv", "--phases=coverage")
    assert (code, "Undocumented status code" in report) == (1, True), report
