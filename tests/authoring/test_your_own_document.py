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
    """Do what the page asks of a curator: read every draft, judge every segment, state every fact."""
    words = folder / "data" / "home.json"
    stated = json.loads(words.read_text(encoding="utf-8"))
    stated["licence"] = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    stated["credits"] = {"zh": "界线：云泽县自然资源局", "en": "Boundaries: Yunze county"}
    words.write_text(json.dumps(stated, ensure_ascii=False), encoding="utf-8")
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
    for name, kept in {
        "projects.xlsx": "key-projects.xlsx", "cities.geojson": "key-projects-counties.geojson",
        "plan-en.txt": "english-plan.txt", "vale.geojson": "english-plan-counties.geojson",
    }.items():  # fmt: skip
        shutil.copy(DATA / "plans" / kept, tmp_path / name)
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
        if words[3:5] == ["init", "yunze"]:
            shutil.copytree(tmp_path / "yunze", tmp_path / "earlier")
        if words[3] == "diff":
            assert done.stdout.startswith("## Projects: 0 added, 0 removed, 29 changed\n")
    assert checks == [1, 1, 0]
    assert ran == [
        "init", "init", "init", "check", "review", "segments", "quote", "judge", "format", "check", "check", "datapackage",
        "diff",
    ]  # fmt: skip
    package = json.loads((tmp_path / "yunze" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["title"] == "云泽县规划项目地图 / Yunze planned projects"


def test_the_page_names_each_option_of_init():
    from geo.authoring.new_home import STATED

    for name in STATED:
        assert f"`--{name}`" in PAGE, name


def test_the_page_names_each_word_of_a_home_and_each_column_of_a_table():
    from geo.authoring.tables import ROLES
    from geo.core.wording import HOME

    for name in (*HOME["properties"], *ROLES):
        assert f"`{name}`" in PAGE or f"`--column {name}=" in PAGE, name


def test_the_page_tells_how_well_the_three_plans_are_read():
    from authoring.test_three_plans import ENGLISH, REPORT

    for expected in (REPORT, ENGLISH):
        count = sum(len(names) for names in expected.values())
        assert re.search(rf"clauses, .* deep \| {count} \| 0 \| 0 \|", PAGE), count


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
