"""Ways to spoil what goes in, one record each: what is done, and what has to be said about it.

`TABLE` (in bad_input_cases.py) is the list. Each is tried on a copy of the folder in which nothing but the
spoiling differs; `tried` says what came of it. docs/bad-input.md is written from it (bad_input_report.py),
and test_bad_input.py holds each to what it expects.
"""

import contextlib
import functools
import hashlib
import io
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from geo.__main__ import main
from geo.core.files import ENVIRONMENT_VARIABLE
from geo.web.api import api_routes
from support import ROOT

REFUSED = "refused, exit status 1"
TAKEN = "taken as it is, exit status 0"
CALM = "the page opens"
WRONG = "400 with the reason"
MISSING = "404 with the reason"
UNABLE = "503, the reason in the log"
STATUS = {400: WRONG, 404: MISSING, 503: UNABLE}

PAGE = "from geo.page.main import main\nmain()"
"""Importing the page draws it; the next time it has to be asked."""


@dataclass(frozen=True)
class Spoiling:
    """One way to spoil: its name, the part it belongs to, and what has to come of it.

    `act` spoils a copy of the folder; `attempt` then tries it. Without `act` it is the request or
    the link that is spoiled, and the folder is the project's own. `says` are words of the message.
    """

    name: str
    part: str
    outcome: str
    says: tuple[str, ...]
    attempt: Callable[[Path], tuple[str, str]]
    act: Callable[[Path], None] | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of it: the kind, the whole message, and whether all files are as they were."""

    kind: str
    message: str
    unchanged: bool


def tried(spoiling: Spoiling, folder: Path) -> Outcome:
    """Spoil a copy in `folder`, which is there and empty, and say what came of the attempt."""
    if spoiling.act:
        for name in ("seeds", "data"):
            shutil.copytree(ROOT / name, folder / name)
        spoiling.act(folder)
    home = folder if spoiling.act else ROOT
    before = state_of(home)
    own_home = mock.patch.dict(os.environ, {ENVIRONMENT_VARIABLE: str(home)})
    with own_home, contextlib.chdir(folder):
        kind, message = spoiling.attempt(folder)
    return Outcome(kind, message.replace(str(folder), "…"), state_of(home) == before)


def state_of(folder: Path) -> dict[str, str]:
    """Return what each name in a folder stands for: a hash of a file's bytes, or its kind."""
    inside = [path for name in ("seeds", "data") for path in (folder / name).rglob("*")]
    # In a copy nothing else may come to be, either.
    paths = sorted({*inside, *folder.glob("*")})
    return {str(path.relative_to(folder)): _stands_for(path) for path in paths}


def _stands_for(path: Path) -> str:
    if path.is_symlink():
        return f"a link to {path.readlink()}"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"


def commanded(*arguments: str) -> Callable[[Path], tuple[str, str]]:
    """Return an attempt: a command of `python -m geo`."""

    def attempt(_: Path) -> tuple[str, str]:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(list(arguments))
        return {0: TAKEN, 1: REFUSED}[status], err.getvalue() or out.getvalue()

    return attempt


def run(*arguments: str, out: str = "", **variables: str) -> Callable[[Path], tuple[str, str]]:
    """Return an attempt: the command as a program of its own, its output perhaps to a device."""

    def attempt(_: Path) -> tuple[str, str]:
        command = [sys.executable, "-m", "geo", *arguments]
        with (
            Path(out).open("w", encoding="utf-8")
            if out
            else contextlib.nullcontext(subprocess.PIPE) as standard
        ):
            ended = subprocess.run(
                command, cwd=ROOT, env=os.environ | variables, stdout=standard,
                stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False,
            )  # fmt: skip
        return {0: TAKEN, 1: REFUSED}[ended.returncode], ended.stderr or ended.stdout

    return attempt


@functools.cache
def client() -> TestClient:
    """Return what asks the API; an error in it is raised here, not turned into an answer."""
    return TestClient(Starlette(routes=api_routes("")))


def asked(path: str, **headers: str) -> Callable[[Path], tuple[str, str]]:
    """Return an attempt: a request to the API."""

    def attempt(_: Path) -> tuple[str, str]:
        answer = client().get(f"/api/{path}", headers={"host": "localhost"} | headers)
        return STATUS[answer.status_code], answer.json()["error"]

    return attempt


def opened(**query: Any) -> Callable[[Path], tuple[str, str]]:
    """Return an attempt: the page opened with the values of a query; its message is what it notes."""

    def attempt(_: Path) -> tuple[str, str]:
        page = page_with(
            {key: [one] if isinstance(one, str) else one for key, one in query.items()}
        )
        return CALM, _shown(page, "pm-note", "pm-count")

    return attempt


def opened_with_faults(_: Path) -> tuple[str, str]:
    """Attempt to open the page over a folder that has faults; its message is what it tells a reader."""
    return CALM, _shown(page_with({}), "pm-note pm-data-away")


def _shown(page: AppTest, *classes: str) -> str:
    """Return the HTML of the parts of a page with one of these classes."""
    bodies = [one.proto.body for one in page.get("html")]
    return " ".join(one for one in bodies if any(f'class="{name}"' in one for name in classes))


def page_with(query: dict[str, list[str]]) -> AppTest:
    """Return the page opened with a query; an error of its script is an error here."""
    page = AppTest.from_string(PAGE, default_timeout=60)
    for key, values in query.items():
        page.query_params[key] = values
    page.run()
    assert not page.exception, page.exception
    return page


CHECKED = commanded("check")


def layer(name: str, how: Callable[[Any], None], *says: str, part: str = "data") -> Spoiling:
    """Return a spoiling of the layer's JSON value; `says` is the record and words of the rule."""
    return value(name, "projects.geojson", how, *says, part=part)


def value(
    name: str, file: str, how: Callable[[Any], None], *says: str, part: str = "data"
) -> Spoiling:
    """Return a spoiling of the JSON value in a file of data/."""

    def act(folder: Path) -> None:
        path = folder / "data" / file
        content = json.loads(path.read_text(encoding="utf-8"))
        how(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    return Spoiling(name, part, REFUSED, says, CHECKED, act)


def bytes_of(name: str, file: str, how: Callable[[bytes], bytes], *says: str) -> Spoiling:
    """Return a spoiling of a file's bytes."""

    def act(folder: Path) -> None:
        path = folder / file
        path.write_bytes(how(path.read_bytes()))

    return Spoiling(name, "data" if "projects" in file else "files", REFUSED, says, CHECKED, act)


def place(name: str, file: str, how: Callable[[Path], None], *says: str) -> Spoiling:
    """Return a spoiling of what stands in a file's place, which is removed before."""

    def act(folder: Path) -> None:
        path = folder / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        how(path)

    return Spoiling(name, "files", REFUSED, says, CHECKED, act)


def command(name: str, arguments: tuple[str, ...], *says: str) -> Spoiling:
    """Return a command that is spoiled itself, in a good folder."""
    return Spoiling(name, "commands", REFUSED, says, commanded(*arguments), untouched)


def untouched(_: Path) -> None:
    """Leave the copy as it is: the command is what is spoiled, and the copy what it could harm."""


def request(name: str, path: str, outcome: str, *says: str, **headers: str) -> Spoiling:
    """Return a request to the API that is spoiled."""
    return Spoiling(name, "requests", outcome, says, asked(path, **headers))


def link(name: str, *says: str, **query: Any) -> Spoiling:
    """Return a link to the page that is spoiled."""
    return Spoiling(name, "links", CALM, says, opened(**query))


def under(
    around: Callable[[], contextlib.AbstractContextManager[Any]],
    attempt: Callable[[Path], tuple[str, str]],
) -> Callable[[Path], tuple[str, str]]:
    """Return an attempt that is made while something is wrong with the machine."""

    def attempted(folder: Path) -> tuple[str, str]:
        with around():
            return attempt(folder)

    return attempted


@contextlib.contextmanager
def small_disk() -> Iterator[None]:
    """Let no file grow beyond 4 kB, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def environment(**values: str) -> Callable[[], contextlib.AbstractContextManager[Any]]:
    """Return a context in which variables of the environment have other values."""
    return lambda: mock.patch.dict(os.environ, values)
