"""The page for curators of another place: its commands run, and lead from a text to a clean check."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

from support import ROOT

from geo.authoring.candidates import candidates
from geo.authoring.vocabulary import vocabulary

PAGE = (ROOT / "docs" / "your-own-document.md").read_text(encoding="utf-8")
DATA = ROOT / "tests" / "data"


def commands():
    """Return each command of the page: its environment, and its words after `python`."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for line in "".join(blocks).splitlines():
        words = shlex.split(line)
        environment = {}
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            environment[name] = value
        yield environment, words


def run(folder, environment, words):
    return subprocess.run(
        [sys.executable, *words[1:]], cwd=folder, capture_output=True, text=True, check=False,
        encoding="utf-8",
        env=os.environ | environment | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def curate(folder):
    """Do what the page asks of a curator: read every draft, judge every segment."""
    layer, ledger = folder / "data" / "projects.geojson", folder / "data" / "ledger.json"
    collection = json.loads(layer.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"]["basis"] = "未见公开位置。\nNo published place was found."
    layer.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    content = json.loads(ledger.read_text(encoding="utf-8"))
    for entry in content["segments"]:
        entry["reason"] = "policy"
    ledger.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def test_the_commands_of_the_page_lead_from_a_text_to_a_clean_check(tmp_path):
    shutil.copy(DATA / "yunze-plan.txt", tmp_path / "plan.txt")
    shutil.copy(DATA / "yunze-counties.geojson", tmp_path / "counties.geojson")
    checks, ran = [], []
    for environment, words in commands():
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
            continue
        assert words[:3] == ["python", "-m", "geo"]
        done = run(tmp_path, environment, words)
        assert "Traceback" not in done.stderr
        ran.append(words[3])
        if words[3] == "check":
            checks.append(done.returncode)
            if len(checks) == 2:
                curate(tmp_path / "yunze")
        else:
            assert done.returncode == 0, (words, done.stderr)
        if words[3] == "init":
            shutil.copytree(tmp_path / "yunze", tmp_path / "earlier")
        if words[3] == "diff":
            assert done.stdout.startswith("## Projects: 0 added, 0 removed, 28 changed\n")
    assert checks == [1, 1, 0]
    assert ran == [
        "init", "check", "review", "segments", "quote", "format", "check", "check", "datapackage",
        "diff",
    ]  # fmt: skip
    package = json.loads((tmp_path / "yunze" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["title"] == "云泽县规划项目地图 / Yunze planned projects"


def test_the_page_names_each_option_of_init():
    from geo.authoring.new_home import STATED

    for name in STATED:
        assert f"`--{name}`" in PAGE, name


def names(one, project):
    """Return whether a candidate names a project, alone or as one of several that share a noun."""
    if one.several:
        ways = (
            re.escape(project.name_zh[:at]) + ".*" + re.escape(project.name_zh[at:])
            for at in range(1, len(project.name_zh))
        )
        return any(re.search(way, one.name) for way in ways)
    return one.name in project.name_zh or project.name_zh in one.name


def test_the_figures_of_the_page_are_those_of_the_decision(dataset):
    projects = dataset.projects.values()
    found = list(candidates(dataset.document, vocabulary("zh", {}, {})))
    pairs = [
        (number, project.id)
        for number, one in enumerate(found)
        for project in projects
        if names(one, project) and any(anchor.span.overlaps(one.span) for anchor in project.anchors)
    ]
    right, reached = {number for number, _ in pairs}, {name for _, name in pairs}
    told = " ".join(PAGE.split())
    assert f"{len(right)} of {len(found)} candidates name a project" in told
    assert f"{len(reached)} of its {len(projects)} projects are reached" in told
