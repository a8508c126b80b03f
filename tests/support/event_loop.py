"""Coroutines run to their end from a test."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

ASIDE = ThreadPoolExecutor(1, thread_name_prefix="loop")
"""A thread of its own: where a browser is at work, that of the test already runs an event loop."""


def run(
    work: Coroutine[Any, Any, Any],
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> Any:
    """Return what a coroutine returns, run by a new event loop."""

    def whole() -> Any:
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            return runner.run(work)

    return ASIDE.submit(whole).result()
