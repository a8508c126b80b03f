"""The words of a published home: its own catalogues go with it, and this project's do not."""

import json
import os
import subprocess
import sys

from support import ROOT
from support.other_home import make

from geo.core.postgis import connect
from geo.editions.publishing import publish

SAY = """
import json
from geo.core.i18n import text
print(json.dumps([text("en", "title"), text("en", "stage-build"), text("en", "facet-county")]))
"""


def said(address):
    """Return what a program says whose home is this folder or database."""
    done = subprocess.run(
        [sys.executable, "-c", SAY], cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"PROJECT_MAP_HOME": str(address), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return json.loads(done.stdout)


def catalogues(address):
    with connect(address) as connection:
        rows = connection.execute(
            "SELECT name FROM project_map.file WHERE starts_with(name, 'i18n/') ORDER BY name"
        )
        return [name for (name,) in rows]


def test_a_published_home_says_what_its_folder_says_and_is_corrected_by_publishing_again(
    tmp_path, database
):
    home = make(tmp_path / "report", "work-report", "--place-en", "Qingze")
    assert publish(home, database).is_news
    assert catalogues(database) == ["i18n/en.ftl", "i18n/zh.ftl"]
    assert said(database) == said(home.folder)
    assert said(database)[1] == "Under construction"
    home.words("en").write_text("stage-build = On site\n", encoding="utf-8")
    # Words are no part of the data, and so of its version.
    assert not publish(home, database).is_news
    assert said(database)[1] == "On site"
    home.words("en").unlink()
    publish(home, database)
    assert catalogues(database) == ["i18n/zh.ftl"]
    assert said(database)[1] == "To be built faster"


def test_the_catalogues_of_this_project_are_not_published(shown_database):
    assert catalogues(shown_database) == []
