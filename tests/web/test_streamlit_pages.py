"""Streamlit's front end as this page serves it: named early, compressed once, nothing else let out."""

import asyncio
import gzip
import mimetypes
import re
import shutil
import socket
import weakref
from pathlib import Path

import pytest
import uvloop
from streamlit.file_util import get_static_dir
from support.event_loop import run

from geo.editions.store import freeze_memory
from geo.web.responses import CompressedFolder
from geo.web.streamlit_pages import (
    COMPONENT,
    SHELL_ROUTE,
    WIDGETS,
    MapFrame,
    StreamlitPage,
    component_build,
)

FRONT_END = Path(get_static_dir())


@pytest.fixture(scope="module")
def shell():
    return StreamlitPage(FRONT_END, MapFrame(component_build()).scripts)


def page_of(shell, data_folder=""):
    return shell.page("<title>T</title>", "<p>first</p>", "zh", data_folder).body.decode()


def stems(names):
    return {name.removeprefix("js/").split(".")[0] for name in names}


def test_every_widget_of_the_first_screen_is_named_by_its_script(shell):
    assert set(WIDGETS) <= stems(shell.needed_scripts)


def test_a_widget_that_streamlit_renamed_is_noticed(tmp_path):
    shutil.copytree(FRONT_END, tmp_path / "static")
    (found,) = (tmp_path / "static" / "static" / "js").glob("Multiselect.*.js")
    found.unlink()
    assert set(WIDGETS) - stems(StreamlitPage(tmp_path / "static").needed_scripts) == {
        "Multiselect"
    }


def test_what_a_named_script_imports_is_named_too_and_nothing_twice(shell):
    page = page_of(shell)
    named = re.findall(rf"\./{SHELL_ROUTE}/(js/[\w.-]+\.js)", page)
    assert len(named) == len(set(named))
    for name in named:
        code = shell.files[name].read_text(encoding="utf-8")
        for other in re.findall(r"""\bfrom["']\./([\w.-]+\.js)["']""", code):
            assert f"js/{other}" in named, (name, other)


def test_the_page_names_no_file_that_is_not_there(shell):
    page = page_of(shell, "folder")
    for name in re.findall(rf'"\./{SHELL_ROUTE}/([^"]+)"', page):
        assert name in shell.files, name
    assert "./static/" not in page
    frame = MapFrame(component_build())
    found = re.findall(rf'[" ]\./component/{COMPONENT}/([^" ]+)', page)
    assert found
    assert set(found) <= set(frame.files)


def test_a_typeface_in_which_nothing_is_set_is_not_asked_for(shell):
    assert 'as="font"' in shell.html
    assert 'as="font"' not in page_of(shell)


UNKNOWN = """<!doctype html><html lang=en><head><title>Another</title>
<link rel="icon" href="./new.svg"><link rel="modulepreload" href="./static/js/new.a.js">
<link rel="stylesheet" href="./static/css/new.css"></head>
<body class="x"><noscript>Run scripts!</noscript><main id="app"><p>wait</p></main>
<script type="module" src="./static/js/main.b.js"></script><script>start("</p>")</script></body></html>
"""


def test_a_page_that_another_streamlit_may_have_still_runs_its_scripts_below_our_first_view(
    tmp_path,
):
    front_end = tmp_path / "front-end"
    shutil.copytree(FRONT_END, front_end)
    (front_end / "index.html").write_text(UNKNOWN, encoding="utf-8")
    page = page_of(StreamlitPage(front_end))
    head, _, body = page.partition("<body>")
    assert "<title>T</title>" in head
    assert "Another" not in page
    assert "Run scripts!" not in page
    first, scripts = body.index("<p>first</p>"), body.index('src="./shell/js/main.b.js"')
    assert first < body.index('<main id="app"><p>wait</p></main>') < scripts
    assert '<script>start("</p>")</script>' in body
    assert "./new.svg" in head
    assert "./shell/css/new.css" in body


def test_a_page_without_any_of_the_usual_elements_still_gives_a_page(tmp_path):
    front_end = tmp_path / "front-end"
    shutil.copytree(FRONT_END, front_end)
    (front_end / "index.html").write_text("<div id=other></div>words", encoding="utf-8")
    page = page_of(StreamlitPage(front_end))
    for part in ("<p>first</p>", "<div id=other>", "words"):
        assert part in page


def test_a_file_is_compressed_to_the_same_words(shell):
    name = next(name for name in shell.needed_scripts if "Multiselect" in name)
    asset = shell.asset(name)
    assert gzip.decompress(asset.compressed) == shell.files[name].read_bytes()
    assert len(asset.compressed) < len(asset.body) / 2


@pytest.mark.parametrize("name", ["../index.html", "js/../../index.html", "/etc/passwd", "", "js"])
def test_nothing_is_served_that_was_not_in_the_folder_at_the_start(shell, name):
    with pytest.raises(KeyError):
        shell.asset(name)


def delayed(loop_factory):
    """Say whether a server of this event loop holds back small packets, with Streamlit's socket."""

    async def accepted():
        listening = socket.socket()  # as Streamlit makes it: without naming the protocol
        listening.bind(("127.0.0.1", 0))
        seen = asyncio.get_running_loop().create_future()

        class Answering(asyncio.Protocol):
            def connection_made(self, transport):
                own = transport.get_extra_info("socket")
                seen.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

        server = await asyncio.get_running_loop().create_server(Answering, sock=listening)
        _, writer = await asyncio.open_connection(*listening.getsockname())
        try:
            return not await seen
        finally:
            writer.close()
            server.close()

    return run(accepted(), loop_factory)


def test_the_servers_event_loop_sends_small_answers_at_once():
    assert not delayed(uvloop.new_event_loop)


def test_pythons_own_event_loop_would_hold_them_back():
    assert delayed(asyncio.new_event_loop)


class Edition:
    """Holds itself, as what refers to each other in a circle does."""

    def __init__(self):
        self.own = self


def test_what_a_newer_edition_replaces_is_collected_when_that_one_settles():
    edition = Edition()
    seen = weakref.ref(edition)
    freeze_memory()
    del edition
    assert seen() is not None
    freeze_memory()
    assert seen() is None


def test_a_script_is_a_script_whatever_the_machine_says_of_its_ending(tmp_path, monkeypatch):
    (tmp_path / "x.js").write_text("1;", encoding="utf-8")
    monkeypatch.setitem(mimetypes.types_map, ".js", "text/plain")
    assert mimetypes.guess_type("x.js")[0] == "text/plain"
    assert CompressedFolder(tmp_path).asset("x.js").media_type == "text/javascript"
