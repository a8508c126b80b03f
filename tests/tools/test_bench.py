"""What the load test and the soak say can be relied on: they notice what is wrong."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT
from support.event_loop import run

from tools.bench import page_loads
from tools.bench.browsers.__main__ import table
from tools.bench.browsers.firefox import complaint
from tools.bench.browsers.steps import STREAMLITS, Result, Trial
from tools.bench.browsers.webkit import errors
from tools.bench.lighthouse.audit import SCORES, TIMES, Audited, Failure, read
from tools.bench.lighthouse.report import section
from tools.bench.process import cpu_s, memory_mb, tree_memory_mb, wait_for_rest
from tools.bench.report import NOT_MEASURED, TARGETS
from tools.bench.sections import renew, rewrite
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


def test_a_filter_that_leaves_no_project_is_no_error_and_a_link_with_unknown_values_is(
    app, dataset
):
    async def read(reader, *choices):
        await reader.arrive(app)
        for facet, codes in choices:
            await reader.choose(facet, codes)
        await reader.leave()

    nobody = Session(dataset)
    run(read(nobody, ("sector", ("aviation",)), ("since", ("open",))))
    assert not nobody.filter.mask(dataset.frame).any()
    assert not nobody.errors
    lost = Session(dataset, query="sector=nonsense")
    run(read(lost))
    assert any("nonsense" in said for said in lost.errors), lost.errors


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
    renew(path, "One", "first", "# Load\n")
    renew(path, "Two", "second", "# Load\n")
    renew(path, "One", "third", "# Load\n")
    renew(path, "One", "third", "# Load\n")
    assert path.read_text(encoding="utf-8") == "# Load\n\n## One\n\nthird\n\n## Two\n\nsecond\n"


def test_a_program_that_writes_the_whole_file_keeps_the_sections_of_others_and_no_more(tmp_path):
    path = tmp_path / "benchmark.md"
    path.write_text("# Old\n\n## Results\n\n1\n\n## Lighthouse\n\n90\n", encoding="utf-8")
    rewrite(path, "# New\n\n## Results\n\n2\n", ("Other browsers", "Lighthouse"))
    assert path.read_text(encoding="utf-8") == "# New\n\n## Results\n\n2\n\n## Lighthouse\n\n90\n"


def test_a_process_is_known_by_what_it_uses_and_one_that_has_ended_is_not():
    assert memory_mb(os.getpid()) > 10
    before = cpu_s(os.getpid())
    assert before > 0
    waiting = [sys.executable, "-c", "print(flush=True); input()"]
    pipe = subprocess.PIPE
    with subprocess.Popen(waiting, stdin=pipe, stdout=pipe) as child:
        child.stdout.readline()
        both = tree_memory_mb(os.getpid())
        assert both > tree_memory_mb(child.pid) > 1
        child.communicate(b"\n")
    assert tree_memory_mb(child.pid) == 0
    with pytest.raises(FileNotFoundError):
        memory_mb(2**22 + 1)
    with pytest.raises(ProcessLookupError, match="has ended"):
        cpu_s(2**22 + 1)


def first_view_row(**app):
    samples = {"app": app, "empty": {"load": [1000.0]}}
    return next(one for one in TARGETS if one.title.startswith("first view")).row(samples)


def test_the_target_of_the_first_view_says_when_a_page_has_none():
    assert first_view_row().endswith(f"| – | ≤ 0.35 | {NOT_MEASURED} |")
    assert first_view_row(**{"first-view": [340.0]}).endswith("| 0.34 | ≤ 0.35 | reached |")
    assert first_view_row(**{"first-view": [360.0]}).endswith("| 0.36 | ≤ 0.35 | not reached |")


def lighthouse_report(**seo):
    audits = {name: {"id": name, "numericValue": 1500.0} for name in TIMES.values()}
    audits["title"] = {
        "id": "title",
        "title": "Has a title",
        "scoreDisplayMode": "binary",
        "score": 1,
    } | seo
    scores = {key: {"score": 0.5, "auditRefs": []} for key in SCORES}
    scores["seo"] = {"score": 0.5, "auditRefs": [{"id": "title", "weight": 1}]}
    return {"audits": audits, "categories": scores, "environment": {"benchmarkIndex": 2000}}


def test_an_audit_that_is_not_passed_is_read_with_where_and_what():
    items = [{"node": {"selector": "head > title"}, "line": 7, "message": "is  empty", "score": 3}]
    read_ = read(lighthouse_report(score=0, details={"items": items}))
    assert read_.failures == (
        Failure("seo", "title", "Has a title", 1, ("head > title 7 is empty",)),
    )
    assert read_.figures["performance"] == 50


def test_an_audit_that_is_passed_or_does_not_apply_is_no_failure():
    assert read(lighthouse_report()).failures == ()
    assert read(lighthouse_report(scoreDisplayMode="notApplicable", score=None)).failures == ()


def test_a_page_that_lighthouse_could_not_judge_is_no_result():
    with pytest.raises(RuntimeError, match="NO_FCP"):
        read(lighthouse_report() | {"runtimeError": {"code": "NO_FCP"}})


def lighthouse_section(*failures, **figures):
    every = dict.fromkeys([*SCORES, "machine"], 100.0) | {
        "fcp": 700,
        "lcp": 1000,
        "tbt": 0,
        "cls": 0,
    }
    runs = [Audited(every | figures, failures)]
    pages = {"empty": runs, "app": runs}
    return section({"desktop": pages, "phone": pages}, "13", "Chromium")


def test_the_section_on_lighthouse_says_of_each_target_whether_it_is_reached():
    good = lighthouse_section()
    assert "not reached" not in good
    assert "C passes all audits" in good
    bad = lighthouse_section(fcp=900, seo=99)
    assert "| first contentful paint, s, desktop | 0.90 | ≤ 0.8 | not reached |" in bad
    assert "| first contentful paint, s, phone | 0.90 | ≤ 2.5 | reached |" in bad
    assert "| SEO, phone | 99 | ≥ 100 | not reached |" in bad


def test_the_section_on_lighthouse_lists_what_is_not_passed_once_and_stays_a_table():
    failure = Failure(
        "seo", "robots-txt", "robots.txt is not valid", 1, ("<!-- a | b", "c", "d", "e")
    )
    said = lighthouse_section(failure)
    row = "| SEO | `robots-txt`: robots.txt is not valid | 1 | desktop, phone | &lt;!-- a \\| b<br>c<br>d<br>1 more |"
    assert said.count(row) == 1


def test_a_page_load_is_faultless_only_if_it_is_whole_and_a_page_of_the_app(app):
    answers = {
        kind: run(page_loads.get(app, "?sector=rail", "zh-CN", kind))
        for kind in page_loads.ENCODINGS
    }
    assert len(answers["gzip"]) < len(answers["uncompressed"]) / 2
    for whole in answers.values():
        assert list(page_loads.faults(whole)) == []
        assert list(page_loads.faults(whole[:-8])) != []
        assert list(page_loads.faults(whole.replace(b" 200 ", b" 503 ", 1))) != []
        assert list(page_loads.faults(whole.replace(b"text/html", b"text/plain", 1))) != []
    other = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
    assert list(page_loads.faults(other)) == ["is not a page of the app"]


def test_what_firefox_complains_of_is_noticed_and_what_it_only_says_is_not():
    request = {"url": "/map.js"}
    loaded = "network.responseCompleted"
    faulty = [
        ("log.entryAdded", {"level": "error", "text": "blocked"}),
        ("network.fetchError", {"request": request, "errorText": "NS_ERROR_REFUSED"}),
        (loaded, {"request": request, "response": {"status": 404}}),
    ]
    assert [one for event in faulty for one in complaint(*event)] == [
        "blocked", "/map.js: NS_ERROR_REFUSED", "/map.js: 404",
    ]  # fmt: skip
    harmless = [
        ("log.entryAdded", {"level": "warn", "text": "slow"}),
        ("network.fetchError", {"request": request, "errorText": "NS_BINDING_ABORTED"}),
        (loaded, {"request": request, "response": {"status": 304}}),
    ]
    assert [one for event in harmless for one in complaint(*event)] == []


def test_what_webkit_complains_of_is_noticed_and_what_it_only_says_is_not():
    faulty = [
        "CONSOLE ERROR own",
        "CONSOLE SECURITY ERROR refused",
        "a.js:1:2: CONSOLE JS ERROR thrown",
    ]
    harmless = [
        "CONSOLE OTHER WARN an ERROR was avoided",
        "CONSOLE NETWORK ERROR the connection failed: WebSocket is closed due to suspension.",
    ]
    assert errors("\n".join(faulty + harmless)) == faulty


def test_a_complaint_of_streamlits_own_in_every_page_is_known_and_no_other_is():
    known = STREAMLITS["WebKitGTK"]
    said = '/shell/js/react-dom.D.js:1:9: CONSOLE RENDERING ERROR Error: Invalid value for <svg> attribute {}="1rem"'
    assert known.search(said.format("height"))
    assert not known.search(said.format("viewBox"))
    assert not known.search(said.replace("react-dom", "map").format("height"))


class Window:
    """A page that always answers the same, and remembers where it was pressed."""

    name = "Firefox"

    def __init__(self, answer, *complaints):
        self.answer = answer
        self.pressed = []
        self._complaints = list(complaints)

    def open(self, url):
        assert "?lang=zh" in url

    def evaluate(self, expression):
        return self.answer if "elementFromPoint" in expression else bool(self.answer)

    def press(self, x, y):
        self.pressed.append((x, y))

    def complaints(self):
        said, self._complaints = self._complaints, []
        return said


def test_a_step_in_another_browser_fails_by_what_is_missing_and_by_what_is_complained_of(
    dataset, monkeypatch
):
    monkeypatch.setattr("tools.bench.browsers.driver.LOOK_S", 0)
    good = Window([1, 2])
    assert all(one.faults == () for one in Trial(good, "", dataset, 1400).results())
    assert set(good.pressed) == {(1, 2)}
    monkeypatch.setattr("tools.bench.browsers.driver.PATIENCE_S", 0)
    blind = Trial(Window(None, "refused", "refused"), "", dataset, 1400)
    first, second, *_ = blind.results()
    assert first.faults == ("h1 did not come", "refused")
    assert second.faults == ("h1 did not come",)


def test_the_table_of_other_browsers_says_each_fault_once():
    rows = [
        ("Firefox", "1", "390 × 844", Result("opened", ("http://here/a refused", "b"))),
        ("Firefox", "1", "390 × 844", Result("listed", ("b",))),
        ("Firefox", "1", "390 × 844", Result("read", ())),
    ]
    said = table(rows, "http://here")
    assert "| opened | failed: 1, 2 |" in said
    assert "| listed | failed: 2 |" in said
    assert "| read | passed |" in said
    assert said.endswith("\n1. `/a refused`\n2. `b`\n")


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
