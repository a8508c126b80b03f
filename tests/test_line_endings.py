"""A clone under Git's default on Windows, `core.autocrlf=true`, has the same bytes and works."""

import os
import shutil
import subprocess
import sys
from functools import partial

import pytest

CONFIG = """\
[core]
autocrlf = true
[safe]
directory = *
[user]
name = Test
email = test@example.org
[advice]
detachedHead = false
"""
"""What Git for Windows sets, for a checkout that may belong to another user of the machine."""


@pytest.fixture(scope="module")
def git(tmp_path_factory):
    """A function that runs git, with no settings but these, and returns what it prints."""
    if shutil.which("git") is None:
        pytest.skip("there is no git to clone with")
    config = tmp_path_factory.mktemp("git") / "config"
    config.write_text(CONFIG, encoding="utf-8")
    # A hook that runs the tests leaves settings of its own repository behind.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_NOSYSTEM": "1"}

    def run(folder, *arguments, **options):
        command = ["git", "-C", folder, *arguments]
        return subprocess.run(
            command, env=environment, capture_output=True, check=True, **options
        ).stdout

    return run


@pytest.fixture(scope="module")
def clone(git, pytestconfig, tmp_path_factory):
    """The last commit of this checkout, cloned."""
    root = pytestconfig.rootpath
    if not (root / ".git").exists():
        pytest.skip("this folder is not a checkout, so there is nothing to clone")
    made = tmp_path_factory.mktemp("clone") / "clone"
    git(root, "clone", "--quiet", root, made)
    return made


@pytest.fixture(scope="module")
def bare_clone(git, clone, tmp_path_factory):
    """The same without `.gitattributes`: cloned from a repository that has it no longer."""
    folder = tmp_path_factory.mktemp("without")
    source, made = folder / "source", folder / "clone"
    git(clone, "clone", "--quiet", clone, source)
    git(source, "rm", "--quiet", ".gitattributes")
    git(source, "commit", "--quiet", "--message", "Remove .gitattributes")
    git(source, "clone", "--quiet", source, made)
    return made


def changed_files(git, folder):
    """Return the tracked files whose bytes on the disk are not those of the commit."""
    listed = git(folder, "ls-tree", "-r", "-z", "HEAD").decode().rstrip("\0").split("\0")
    committed = {path: head.split()[2] for head, path in (one.split("\t") for one in listed)}
    paths = "".join(f"{path}\n" for path in committed).encode()
    hashes = git(folder, "hash-object", "--no-filters", "--stdin-paths", input=paths)
    found = zip(committed.items(), hashes.decode().split(), strict=True)
    return {path for (path, expected), actual in found if actual != expected}


check = partial(
    subprocess.run, [sys.executable, "-m", "geo"], capture_output=True, text=True,
    encoding="utf-8", check=False,
    env={key: value for key, value in os.environ.items() if key != "PROJECT_MAP_HOME"}
    | {"PYTHONUTF8": "1"},
)  # fmt: skip


def test_a_clone_on_windows_has_the_same_bytes_and_passes_the_checks(git, clone):
    assert changed_files(git, clone) == set()
    made = check(cwd=clone)
    assert made.returncode == 0, made.stderr


def test_without_gitattributes_the_decision_would_change_and_be_refused(git, bare_clone):
    changed = changed_files(git, bare_clone)
    assert {path for path in changed if path.startswith("seeds/")}
    assert "app.py" in changed
    made = check(cwd=bare_clone)
    assert made.returncode == 1
    assert "[document-unchanged]" in made.stderr
