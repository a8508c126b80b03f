"""The shape of the code: rooms, import contracts, and how long a module may grow."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

MODULES = sorted((ROOT / "geo").rglob("*.py"))
SCRIPTS = sorted((ROOT / "geo").rglob("*.js"))
LONGEST_MODULE = 450


def contracts(folder):
    """Hold the package in a folder to the import contracts of pyproject.toml."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()",
         "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("core/faults.py", "import geo.page.main", "Data flows one way through the rooms BROKEN"),
        ("views/notices.py", "import streamlit", "Only the page imports Streamlit BROKEN"),
        ("views/notices.py", "import folium", "Only the map imports Folium BROKEN"),
        (
            "editions/store.py",
            "import psycopg",
            "Only one module imports the database driver BROKEN",
        ),
    ],
)
def test_an_import_against_the_contracts_is_noticed(tmp_path, module, line, broken):
    shutil.copytree(ROOT / "geo", tmp_path / "geo")
    with (tmp_path / "geo" / module).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    found = contracts(tmp_path)
    assert found.returncode == 1
    assert broken in found.stdout


def test_there_are_few_rooms_and_few_modules_in_each():
    rooms = [one for one in (ROOT / "geo").iterdir() if one.is_dir() and one.name != "__pycache__"]
    assert len(rooms) <= 12
    for room in rooms:
        assert len(list(room.rglob("*.py"))) <= 12, room
        assert ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=lambda path: path.name)
def test_a_module_stays_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


MARKDOWN = {
    "button", "caption", "error", "header", "info", "markdown", "multiselect", "segmented_control",
    "selectbox", "subheader", "success", "text_input", "title", "toggle", "warning", "write",
}  # fmt: skip
"""What of Streamlit takes its words for Markdown; as for the others, see `PLAIN`."""
PLAIN = {"altair_chart", "columns", "container", "html", "set_page_config", "stop"}
OWN_WORDS = {"words", "label", "join", "wide", "loosen_text", "search_label"}
"""The functions that give words of the catalogue: `label` those of a code; `wide` is a number."""
FILLED_IN = {"count", "facet", "label", "title"}
"""The values of a message that are words of the catalogue themselves, or numbers."""


def streamlit_calls():
    for path in sorted((ROOT / "geo" / "page").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "st":
                yield path.name, called.attr, node


def strange_words(call):
    """Yield what in a call's label or help is not made by the catalogue alone."""
    told = [*call.args[:1], *(one.value for one in call.keywords if one.arg in {"help", "label"})]
    nodes = [inner for outer in told for inner in ast.walk(outer)]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    names = [getattr(one.func, "id", None) or one.func.attr for one in calls]
    yield from (name for name in names if name not in OWN_WORDS)
    yield from (one.arg for node in calls for one in node.keywords if one.arg not in FILLED_IN)
    # A key may be put together; what is said may not.
    keys = [id(node.args[0]) for node in calls if node.args]
    yield from (
        ast.unparse(one) for one in nodes if isinstance(one, ast.JoinedStr) and id(one) not in keys
    )


def test_streamlit_is_told_no_words_of_the_data_where_it_takes_them_for_markdown():
    seen = list(streamlit_calls())
    assert {kind for _, kind, _ in seen} <= MARKDOWN | PLAIN
    found = [(path, list(strange_words(call))) for path, kind, call in seen if kind in MARKDOWN]
    assert len(found) > 5
    assert [one for one in found if one[1]] == []


@pytest.mark.parametrize("told", ["words.name(project)", 'f"{one.key}"', 'words("x", place=place)'])
def test_words_of_the_data_in_a_label_are_noticed(told):
    (call,) = ast.parse(f"st.button({told})").body
    assert list(strange_words(call.value))


def test_colours_stand_in_one_place_for_the_scripts():
    for path in SCRIPTS:
        assert not re.search(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8")), path


def test_scripts_write_text_never_markup():
    for path in SCRIPTS:
        assert "innerHTML" not in path.read_text(encoding="utf-8"), path


def test_the_hues_of_the_families_stand_in_the_codelist_alone():
    from geo.layer.codes import FAMILIES

    hues = [hue for family in FAMILIES for hue in (family.light, family.dark)]
    for path in sorted((ROOT / "geo").rglob("*")):
        if path.suffix in {".py", ".css", ".js", ".html", ".typ"} and path.name != "codes.py":
            content = path.read_text(encoding="utf-8").lower()
            assert not [hue for hue in hues if hue in content], path


def test_every_style_sheet_that_is_served_has_the_hues_of_the_codelist():
    from geo.exports.standalone import edition_styles
    from geo.layer.codes import FAMILIES
    from geo.views.assets import static_assets

    served = [static_assets()[name].body.decode() for name in ("page.css", "map.css")]
    for sheet in (*served, str(edition_styles())):
        assert "@media screen and (prefers-color-scheme: dark)" in sheet
        for family in FAMILIES:
            found = re.findall(rf"--pm-hue-{family.code}: (#\w+)", sheet)
            assert found == [family.light, family.dark, family.dark], family.code
            assert f".pm-{family.code} {{ --hue: var(--pm-hue-{family.code}); }}" in sheet


def undefined_properties(content, defined):
    """Yield the properties that are asked for, not set, and have no default; a made name is a hue's."""
    for name, rest in re.findall(r"var\(--pm-([\w-]*)([^),]*)(?=\))", content):
        if (name != "hue-") if rest else (name not in defined):
            yield name + rest


@pytest.mark.parametrize("sheet", ["page", "map", "edition"])
def test_every_custom_property_that_a_style_sheet_asks_for_is_set_in_it(sheet):
    from geo.exports.standalone import edition_styles
    from geo.views.assets import static_assets

    served = (
        str(edition_styles())
        if sheet == "edition"
        else static_assets()[f"{sheet}.css"].body.decode()
    )
    defined = set(re.findall(r"--pm-([\w-]+):", served))
    assert set(undefined_properties(served, defined)) == set()


def test_every_custom_property_that_a_script_or_a_template_asks_for_is_set():
    from geo.exports.standalone import edition_styles

    paths = [*SCRIPTS, *sorted((ROOT / "geo" / "views" / "templates").glob("*.html"))]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    everything = "\n".join((str(edition_styles()), *texts.values()))
    defined = set(re.findall(r"--pm-([\w-]+)\"?[:,]", everything))
    for path, content in texts.items():
        assert list(undefined_properties(content, defined)) == [], path


@pytest.mark.parametrize("name", ["water_land", "${family.code}", "{{ code }}"])
def test_a_custom_property_that_nothing_sets_is_noticed(name):
    assert list(undefined_properties(f"stroke: var(--pm-{name})", {"water"})) == [name]


def test_requirements_are_pinned_and_explained_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        assert version, line
        assert f"`{name}`" in readme, name


def test_the_project_keeps_no_path_of_a_machine():
    own = re.compile(r"/(?:home|Users|root|work)/\w|/tmp/\w")
    texts = {".py", ".md", ".js", ".css", ".toml", ".json", ".geojson", ".ftl", ".html", ".sh"}
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.suffix in texts and not parts[0].startswith(".") and path != Path(__file__):
            assert not own.search(path.read_text(encoding="utf-8")), path
