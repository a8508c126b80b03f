"""Asking something slow now and then: once a second, one at a time, and no reader waits for it."""

import threading

import pytest

from geo.editions import store
from geo.editions.store import INTERVAL_S, BackgroundRefresh


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until a test moves it."""
    now = [100.0]
    monkeypatch.setattr(store, "monotonic", lambda: now[0])
    return now


def test_a_hundred_readers_within_the_interval_ask_once(clock):
    runs = []
    asked = BackgroundRefresh(lambda: runs.append(clock[0]), INTERVAL_S)
    for _ in range(100):
        asked.ask(None)
    assert len(runs) == 1
    clock[0] += INTERVAL_S
    asked.ask(None)
    asked.ask(None)
    assert len(runs) == 2


def test_the_interval_counts_from_the_end_of_a_slow_answer(clock):
    runs = []

    def slow():
        runs.append(clock[0])
        clock[0] += 10 * INTERVAL_S

    asked = BackgroundRefresh(slow, INTERVAL_S)
    asked.ask(None)
    asked.ask(None)
    assert len(runs) == 1


def test_no_second_question_is_asked_while_the_first_is_open_and_nobody_waits_for_it(clock):
    answer, runs = threading.Event(), []

    def open_question():
        runs.append(1)
        answer.wait()

    asked = BackgroundRefresh(open_question, INTERVAL_S)
    asked.ask(0)
    clock[0] += 10 * INTERVAL_S
    for _ in range(100):
        # Patience for ever, yet it is another's question, so that only what is there is taken.
        asked.ask(3600)
    assert len(runs) == 1
    answer.set()
    asked.ask(None)
    assert len(runs) == 1


def test_an_error_of_the_task_reaches_the_readers_and_the_next_run_mends_it(clock):
    outcomes = [ZeroDivisionError("a fault of the program"), None]

    def task():
        if (outcome := outcomes.pop(0)) is not None:
            raise outcome

    asked = BackgroundRefresh(task, INTERVAL_S)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError, match="fault of the program"):
            asked.ask(None)
    clock[0] += INTERVAL_S
    asked.ask(None)
    assert outcomes == []
