"""What the load test and the soak say can be relied on: they notice what is wrong."""

import os
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT
from support.event_loop import run

from tools.bench.load_report import HEAD, renew
from tools.bench.process import cpu_s, memory_mb, wait_for_rest
from tools.bench.session import Session
from tools.bench.soak import Look, growth, plan

SIZES = st.floats(min_value=-1e4, max_value=1e4)


def visit(app, dataset):
    reader = Session(dataset)

    async def read():
        await reader.arrive(app)
        await reader.choose("sector", ("rail", "water"))
        await reader.choose("county", ("512021",))
        await reader.click("miansuinei-railway")
        await reader.choose("sector", ())
        await reader.leave()

    run(read())
    return reader


def test_a_reader_without_a_browser_filters_and_selects_as_one_with_a_browser_does(app, dataset):
    reader = visit(app, dataset)
    assert reader.errors == []
    assert len(reader.reruns_ms) == 5
    assert reader.query == "county=512021&project=miansuinei-railway"


def test_a_reader_without_a_browser_notices_a_count_that_is_wrong(app, dataset):
    fewer = dict(dataset.projects)
    del fewer["miansuinei-railway"]
    reader = visit(app, replace(dataset, projects=fewer))
    assert "the page counts" in reader.errors[0]


def test_the_soak_knows_what_each_change_must_leave(dataset):
    seen = list(plan(dataset, 60))
    assert {query for query, _ in seen if "project=" in query}
    located = {one.id for one in dataset.projects.values() if one.geometry is not None}
    for _, shown in seen:
        assert set(shown) < located
        assert shown == sorted(shown)


@given(start=SIZES, slope=SIZES, looks=st.integers(2, 12))
def test_growth_is_the_slope_of_what_grows_steadily(start, slope, looks):
    made = [Look(100 * number, start + slope * number, 0, 0, 7) for number in range(1, looks + 1)]
    if looks > 2:
        assert growth(made, "heap_mb") == pytest.approx(slope, abs=1e-6)
    assert growth(made, "server_mb") == pytest.approx(0, abs=1e-9)


def test_a_program_renews_its_own_section_and_no_other(tmp_path):
    path = tmp_path / "load.md"
    renew(path, "One", "first")
    renew(path, "Two", "second")
    renew(path, "One", "third")
    renew(path, "One", "third")
    assert path.read_text(encoding="utf-8") == f"{HEAD}\n## One\n\nthird\n\n## Two\n\nsecond\n"


def test_a_process_is_known_by_what_it_uses_and_one_that_has_ended_is_not():
    assert memory_mb(os.getpid()) > 10
    before = cpu_s(os.getpid())
    assert before > 0
    with pytest.raises(FileNotFoundError):
        memory_mb(2**22 + 1)
    with pytest.raises(ProcessLookupError, match="has ended"):
        cpu_s(2**22 + 1)


class Kernel:
    """Says at each look that its processors were busy for so many of a hundred ticks since the last."""

    def __init__(self, *busy):
        self._left = list(busy)
        self._spent = [0, 0]

    @property
    def looks_left(self):
        return len(self._left)

    def read_text(self, encoding):
        assert encoding
        busy = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        self._spent = [self._spent[0] + busy, self._spent[1] + 100 - busy]
        return f"cpu  {self._spent[0]} 0 0 {self._spent[1]} 0 0 0 0 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n"


def test_a_machine_is_at_rest_when_it_has_been_for_a_while_and_not_before():
    kernel = Kernel(90, 90, 0, 5, 0, 80, 0, 90, 0, 3, 0, 2, 0, 1, 77)
    assert wait_for_rest(60, kernel)
    assert kernel.looks_left == 1


def test_a_machine_that_is_never_at_rest_is_not_waited_for_without_end():
    assert not wait_for_rest(0.5, Kernel(50))


def test_the_benchmark_calls_only_what_its_script_in_the_page_has():
    probe = (ROOT / "tools" / "bench" / "page_probe.js").read_text(encoding="utf-8")
    called = {
        name
        for path in (ROOT / "tools" / "bench").glob("*.py")
        for name in re.findall(r"\bbench\.(\w+)\(", path.read_text(encoding="utf-8"))
    }
    has = set(re.findall(r"^  bench\.(\w+) = ", probe, re.MULTILINE))
    assert {"mark", "watch"} <= called
    assert called - has == set()


def test_the_smallest_layer_of_the_benchmark_is_the_real_one(dataset):
    # A smaller one would be cut, and its events would be about projects that are gone.
    from tools.bench.scaling import SIZES

    assert min(SIZES) == len(dataset.projects)
