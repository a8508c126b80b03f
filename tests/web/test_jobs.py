"""Who makes the files that readers ask for, how many at a time, and when it is given up."""

import asyncio
import os
import subprocess
import threading
import time

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from support.event_loop import run

from geo.core import worker
from geo.core.faults import DataError
from geo.core.files import InMemoryPath
from geo.core.home import Home
from geo.editions.snapshot import files_of
from geo.exports import formats
from geo.exports.formats import FORMAT, FORMATS, PRINTS, write_filtered
from geo.layer.codes import WGS84
from geo.layer.dataset import read_dataset
from geo.layer.filters import ProjectFilter
from geo.layer.selection import select
from geo.web import api, jobs
from geo.web.api import api_routes
from geo.web.jobs import Jobs, Stop, run_apart, run_here, unless_gone
from geo.web.responses import AssetCache

RAIL = ProjectFilter(sector=("rail",))


class Started(list):
    def __init__(self):
        super().__init__()
        self.begun = threading.Event()


@pytest.fixture
def started(monkeypatch):
    """Return the list of the processes that are started; `begun` is set at the first."""
    processes, start = Started(), subprocess.Popen

    def recorded(*arguments, **options):
        processes.append(start(*arguments, **options))
        processes.begun.set()
        return processes[-1]

    monkeypatch.setattr(worker.subprocess, "Popen", recorded)
    return processes


class Workshop:
    """A runner that begins a job and waits until the test lets it end."""

    def __init__(self):
        self.begun, self.end, self.calls, self.stops = threading.Event(), threading.Event(), [], []

    def __call__(self, stop, function, *values):
        self.calls.append(values)
        self.stops.append(stop)
        self.begun.set()
        self.end.wait()
        return function(*values)


async def until(event):
    await asyncio.to_thread(event.wait)


def whole(value):
    return str(value).encode()


def test_equal_requests_at_the_same_time_are_made_once_and_others_are_not_mixed_up():
    workshop = Workshop()
    some = Jobs(workshop, at_once=1, waiting=8)

    async def ask():
        asked = [asyncio.ensure_future(some.make(key, whole, key)) for key in "aabab"]
        await until(workshop.begun)
        workshop.end.set()
        return await asyncio.gather(*asked)

    assert run(ask()) == [b"a", b"a", b"b", b"a", b"b"]
    assert workshop.calls == [("a",), ("b",)]


def test_beyond_the_queue_a_request_is_refused_and_later_made():
    workshop = Workshop()
    some = Jobs(workshop, at_once=1, waiting=1)

    async def ask():
        asked = [asyncio.ensure_future(some.make(key, whole, key)) for key in "ab"]
        await until(workshop.begun)
        with pytest.raises(DataError, match="ask again in 10 seconds"):
            await some.make("c", whole, "c")
        shared = asyncio.ensure_future(some.make("b", whole, "b"))
        workshop.end.set()
        return [*await asyncio.gather(*asked, shared), await some.make("c", whole, "c")]

    assert run(ask()) == [b"a", b"b", b"b", b"c"]


def test_what_is_made_of_a_finished_file_goes_first_and_what_waits_too_long_is_refused(monkeypatch):
    workshop = Workshop()
    some = Jobs(workshop, at_once=1, waiting=1)

    async def ask():
        asked = [asyncio.ensure_future(some.make(key, whole, key)) for key in "ab"]
        await until(workshop.begun)
        asked.append(asyncio.ensure_future(some.make("c", whole, "c", is_second=True)))
        await asyncio.sleep(0)
        workshop.end.set()
        made = await asyncio.gather(*asked)
        monkeypatch.setattr(jobs, "MOST_WAIT_S", -1)
        with pytest.raises(DataError, match="ask again in 10 seconds"):
            await some.make("d", whole, "d")
        return made

    assert run(ask()) == [b"a", b"b", b"c"]
    assert workshop.calls == [("a",), ("c",), ("b",)]


def test_a_job_ends_with_its_last_reader_and_not_before():
    workshop = Workshop()
    some = Jobs(workshop, at_once=1, waiting=8)

    async def ask():
        one, two, queued = (
            asyncio.ensure_future(some.make(key, whole, key)) for key in ("a", "a", "b")
        )
        await until(workshop.begun)
        one.cancel()
        queued.cancel()
        await asyncio.wait({one, queued})
        still_wanted = not workshop.stops[0].pulled
        two.cancel()
        await asyncio.wait({two})
        workshop.end.set()
        return still_wanted, await some.make("c", whole, "c")

    assert run(ask()) == (True, b"c")
    assert workshop.stops[0].pulled
    assert workshop.calls == [("a",), ("c",)]


def test_a_process_that_nobody_waits_for_is_killed(started):
    some = Jobs(run_apart, at_once=1, waiting=0)

    async def leave():
        asked = asyncio.ensure_future(some.make("a", time.sleep, 1000))
        await until(started.begun)
        asked.cancel()
        await asyncio.wait({asked})
        return await asyncio.to_thread(started[0].wait)

    assert run(leave()) != 0


def test_a_stopped_job_starts_no_process(started):
    stop = Stop()
    stop.pull()
    assert run_apart(stop, bytes, 1) == run_here(stop, bytes, 1) == b""
    assert started == []


def test_all_memory_of_a_large_file_is_given_back(started):
    some = Jobs(run_apart, at_once=1, waiting=8)

    async def ask():
        return await asyncio.gather(*(some.make(size, bytes, size) for size in (1, 2, 10**6)))

    assert list(map(len, run(ask()))) == [1, 2, 10**6]
    assert len(started) == 3
    assert all(process.poll() == 0 for process in started)
    assert not some._jobs
    assert some._unfinished == 0


@pytest.mark.parametrize("code", ["html", "xlsx"])
def test_a_process_makes_the_same_bytes_as_the_server_itself(dataset, code):
    write = next(one.write for one in (*FORMATS, *PRINTS) if one.code == code)
    made = run_apart(Stop(), write_filtered, write, dataset, RAIL, WGS84, "en")
    assert made == write(select(dataset, RAIL), "en")


def test_a_process_keeps_the_edition_whatever_becomes_of_its_home(copy):
    dataset = read_dataset(copy)
    copy.projects.write_text("{", encoding="utf-8")
    made = run_apart(Stop(), write_filtered, FORMAT["csv"].write, dataset, RAIL, WGS84, "zh")
    assert made == FORMAT["csv"].write(select(dataset, RAIL), "zh")


def test_an_edition_of_a_database_is_written_to_a_folder_that_goes_with_it(home):
    names = [*(path for path in home.data.rglob("*") if path.is_file()), *home.seeds.iterdir()]
    files = {path.relative_to(home.root).as_posix(): path.read_bytes() for path in names}
    dataset = read_dataset(Home(InMemoryPath(files)))
    folder = files_of(dataset).home
    assert files_of(dataset).home == folder
    assert (folder / "data" / "projects.geojson").read_bytes() == files["data/projects.geojson"]
    made = run_apart(Stop(), write_filtered, FORMAT["csv"].write, dataset, RAIL, WGS84, "zh")
    assert made == FORMAT["csv"].write(select(dataset, RAIL), "zh")
    del dataset
    assert not folder.exists()


def test_faults_of_a_process_arrive_as_the_same_sentences(dataset):
    nothing = ProjectFilter(q="no such words")
    with pytest.raises(DataError) as here:
        PRINTS[-1].write(select(dataset, nothing), "zh")
    with pytest.raises(DataError) as apart:
        run_apart(Stop(), write_filtered, PRINTS[-1].write, dataset, nothing, WGS84, "zh")
    assert apart.value.faults == here.value.faults


def test_a_process_that_fails_or_ends_early_or_takes_too_long_says_so(monkeypatch):
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_apart(Stop(), divmod, 1, 0)
    with pytest.raises(DataError, match=r"ended early \(exit status 9\); choose fewer"):
        run_apart(Stop(), os._exit, 9)
    monkeypatch.setattr(jobs, "MOST_S", 0.1)
    with pytest.raises(DataError, match="takes more than 0 s; choose fewer projects"):
        run_apart(Stop(), time.sleep, 1000)


def test_what_a_library_prints_does_not_get_into_the_file():
    assert run_apart(Stop(), eval, "print('words') or b'file'") == b"file"


class Reader:
    """The request of a reader who goes when told to."""

    def __init__(self):
        self.gone = threading.Event()

    async def receive(self):
        await until(self.gone)
        return {"type": "http.disconnect"}


def test_whoever_has_gone_is_not_answered_and_whoever_stays_is():
    workshop, reader = Workshop(), Reader()
    some = Jobs(workshop, at_once=1, waiting=8)

    async def ask():
        asked = asyncio.ensure_future(unless_gone(reader, some.make("a", whole, "a")))
        await until(workshop.begun)
        reader.gone.set()
        left = await asked
        workshop.end.set()
        stays = Reader()
        made = await unless_gone(stays, some.make("b", whole, "b"))
        stays.gone.set()
        return left, made

    assert run(ask()) == (None, b"b")
    assert workshop.stops[0].pulled


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setattr(api, "file_cache", AssetCache(api.CACHE_BYTES))
    return TestClient(Starlette(routes=api_routes("")))


def test_a_server_that_is_too_busy_answers_503_and_says_when_to_ask_again(client, monkeypatch):
    monkeypatch.setattr(api, "large_jobs", Jobs(run_apart, at_once=0, waiting=0))
    answer = client.get("/api/map.pdf?sector=rail")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert "ask again in 10 seconds" in answer.json()["error"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert client.get("/api/projects.csv?sector=rail").status_code == 200


def test_a_picture_is_drawn_from_the_sheet_and_kept(client, monkeypatch):
    calls = []

    def run(stop, function, *values):
        calls.append(function)
        return run_apart(stop, function, *values)

    monkeypatch.setattr(api, "large_jobs", Jobs(run, at_once=1, waiting=8))
    picture = client.get("/api/map.png?sector=aviation")
    assert picture.content.startswith(b"\x89PNG")
    client.get("/api/map.pdf?sector=aviation")
    client.get("/api/map.png?sector=aviation")
    assert calls == [write_filtered, formats.page_png]


def test_files_of_many_projects_are_made_apart_and_of_few_here(client, monkeypatch):
    def run(stop, function, *values):
        calls.append(function)
        return run_here(stop, function, *values)

    monkeypatch.setattr(api, "large_jobs", Jobs(run, at_once=1, waiting=8))
    for many, expected in ((api.MANY, []), (3, [write_filtered])):
        calls = []
        monkeypatch.setattr(api, "MANY", many)
        monkeypatch.setattr(api, "file_cache", AssetCache(api.CACHE_BYTES))
        assert client.get("/api/projects.csv?sector=rail").status_code == 200
        assert calls == expected
