"""A TCP proxy between a browser and a server, which a test can break and restore."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Proxy:
    """Passes bytes from one port of this machine to another until it is broken."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._ends: set[asyncio.StreamWriter] = set()
        self._open = True
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]

    def disconnect(self) -> None:
        """End all connections, and let none through until it is restored."""
        self._do(self._disconnect())

    def reconnect(self) -> None:
        """Let new connections through."""
        self._open = True

    def close(self) -> None:
        """End for good."""
        self._do(self._disconnect())
        self._server.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _disconnect(self) -> None:
        self._open = False
        for end in list(self._ends):
            end.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._open:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._ends |= {writer, back}
        with contextlib.suppress(OSError):  # broken, or closed by either side
            await asyncio.gather(_pour(reader, back), _pour(there, writer))
        self._ends -= {writer, back}

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        target.write(data)
        await target.drain()
    target.close()


@contextmanager
def proxy(to: int) -> Iterator[Proxy]:
    """Run a proxy to a port of this machine; close it at the end."""
    made = Proxy(to)
    try:
        yield made
    finally:
        made.close()
