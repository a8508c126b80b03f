"""Loads of the page's HTML, as a browser's first request: fifty readers at once, and one alone.

Only the HTML is asked for, over a new connection each time. Its scripts are the same files for everybody,
and a proxy or the browser keeps them.
"""

import asyncio
import gzip
import itertools
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit

from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS
from geo.layer.query import VIEWS
from tools.bench.process import cpu_s, memory_mb

TITLE: Final = "Page loads"
HOW: Final = """\
{readers} readers load the page's HTML as a browser's first request does, each over a new connection and without
a pause, for {seconds:.0f} s; before that, one reader alone for {alone:g} s. The addresses are mixed: of ten, three
are the page itself, two choose values of a facet, two select a project, one opens a view, and two ask for
English. An answer that is not whole, not HTML or not a page of the app counts as an error. The readers run
beside the server on the same cores, so that a server on its own answers more. Those who accept gzip come first, to a
server that has made no page yet; the others find most pages made.
"""

SEED: Final = 20200725
"""Fixed, so that the readers ask for the same addresses in each run."""

ALONE_SHARE: Final = 0.25
"""The share of the time in which one reader is alone."""

PATIENCE_S: Final = 60
MARK: Final = b'<div id="root"'
"""What each page of the app contains: Streamlit draws into it."""

ENCODINGS: Final = {"gzip": "gzip, deflate, br, zstd", "uncompressed": "identity"}
"""What the two kinds of readers accept. Every browser of today is of the first kind."""

HEADERS: Final = (
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\n"
    "Upgrade-Insecure-Requests: 1\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36\r\n"
)


@dataclass
class PageLoads:
    """What the loads of one kind of readers cost; times in milliseconds from connecting to the last byte."""

    encoding: str
    alone_ms: list[float] = field(default_factory=list)
    loads_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    received: int = 0
    elapsed_s: float = 0
    cpu_s: float = 0
    memory_mb: dict[str, float] = field(default_factory=dict)

    def cells(self) -> Iterator[tuple[str, str]]:
        """Yield the title and the value of each row."""
        count = len(self.loads_ms)
        yield "errors", f"{len(self.errors):,}"
        yield "page loads", f"{count:,}"
        yield "page loads per second", f"{count / self.elapsed_s:,.0f}"
        yield "page load, p50, ms", f"{_share(self.loads_ms, 50):,.1f}"
        yield "page load, p95, ms", f"{_share(self.loads_ms, 95):,.1f}"
        yield "page load, worst, ms", f"{max(self.loads_ms):,.1f}"
        yield "one reader alone, p50, ms", f"{_share(self.alone_ms, 50):,.1f}"
        yield "one reader alone, p95, ms", f"{_share(self.alone_ms, 95):,.1f}"
        yield "bytes per page load, with headers", f"{self.received / count:,.0f}"
        yield "server, processor per page load, ms", f"{self.cpu_s / count * 1000:,.2f}"
        yield "server, cores in use", f"{self.cpu_s / self.elapsed_s:.2f}"
        for moment, amount in self.memory_mb.items():
            yield f"server, memory, {moment}, MB", f"{amount:,.0f}"


def _share(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def addresses(dataset: Dataset, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield query and language of one load after another, without end."""
    projects = sorted(dataset.projects)
    while True:
        kind = chance.randrange(10)
        query: list[tuple[str, str]] = []
        if kind in {3, 4}:
            facet = chance.choice(list(FACETS))
            query = [
                (facet, code) for code in chance.sample(FACETS[facet], min(2, len(FACETS[facet])))
            ]
        elif kind in {5, 6}:
            query = [("project", chance.choice(projects))]
        elif kind == 7:
            query = [("view", chance.choice(VIEWS))]
        yield f"?{urlencode(query)}" if query else "", "en" if kind in {8, 9} else "zh-CN"


async def measured(
    address: str, pid: int, dataset: Dataset, *, readers: int, seconds: float, encoding: str
) -> PageLoads:
    """Let one reader load the page again and again, and then many; return what it cost."""
    made = PageLoads(encoding)
    chance = random.Random(SEED)
    made.memory_mb["before"] = memory_mb(pid)
    until = time.perf_counter() + seconds * ALONE_SHARE
    await _read_on(address, addresses(dataset, chance), until, made, made.alone_ms)
    made.received = 0
    used, begun = cpu_s(pid), time.perf_counter()
    until = begun + seconds
    crowd = [addresses(dataset, random.Random(chance.random())) for _ in range(readers)]
    await asyncio.gather(*(_read_on(address, one, until, made, made.loads_ms) for one in crowd))
    made.elapsed_s, made.cpu_s = time.perf_counter() - begun, cpu_s(pid) - used
    made.memory_mb["at the end"] = memory_mb(pid)
    return made


async def _read_on(
    address: str,
    asked: Iterator[tuple[str, str]],
    until: float,
    made: PageLoads,
    times_ms: list[float],
) -> None:
    # The first two are always asked for, so that there is something to share out.
    for number in itertools.count():
        if number >= 2 and time.perf_counter() > until:
            return
        query, language = next(asked)
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer = await get(address, query, language, made.encoding)
        except (OSError, EOFError, TimeoutError) as error:
            made.errors.append(f"GET {query or '/'}: {error!r}")
            continue
        times_ms.append((time.perf_counter() - begun) * 1000)
        made.received += len(answer)
        made.errors += [f"GET {query or '/'}: {fault}" for fault in faults(answer)]


async def get(address: str, query: str, language: str, encoding: str) -> bytes:
    """Ask for the page over a new connection; return the whole answer, head and body."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        writer.write(
            f"GET {parts.path}/{query} HTTP/1.1\r\nHost: {parts.netloc}\r\n{HEADERS}"
            f"Accept-Language: {language}\r\nAccept-Encoding: {ENCODINGS[encoding]}\r\n"
            "Connection: close\r\n\r\n".encode("ascii")
        )
        return await reader.read(-1)
    finally:
        writer.close()


def faults(answer: bytes) -> Iterator[str]:
    """Yield what is wrong with an answer: its status, its type, its length or its content."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
    }
    if " 200 " not in f"{status} ":
        yield f"was answered with {status!r}"
        return
    if not headers.get("content-type", "").startswith("text/html"):
        yield f"is {headers.get('content-type')}, not HTML"
        return
    if headers.get("transfer-encoding") == "chunked":
        if not body.endswith(b"0\r\n\r\n"):
            yield "ends within a chunk"
            return
        body = _joined(body)
    elif len(body) != int(headers.get("content-length", -1)):
        yield f"has {len(body)} bytes, not the {headers.get('content-length')} that it announces"
        return
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    if MARK not in body:
        yield "is not a page of the app"


def _joined(body: bytes) -> bytes:
    """Return the chunks of a body without their sizes."""
    parts = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        parts.append(rest[:length])
        body = rest[length + 2 :] if length else b""
    return b"".join(parts)
