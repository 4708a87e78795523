"""What stands in front of a PostgreSQL: TLS, where it was built without it; or a long line, on which journeys count."""

import asyncio
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_SSL, _GSS = struct.pack("!ii", 8, 80877103), struct.pack("!ii", 8, 80877104)


Taken = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextmanager
def tls(certificate: Path, port: int) -> Iterator[int]:
    """The port of this computer where TLS with a certificate is spoken for a server on another port of it.

    The handshake is PostgreSQL's own (manual, "SSL Session Encryption"): the client sends SSLRequest, the server answers
    S, TLS begins, and what follows is passed on.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with _listening(lambda reader, writer: _pass_on(reader, writer, context, port)) as listening:
        yield listening


@dataclass
class Line:
    """A line to a server: the port where it begins, and how often an answer has been waited for on it."""

    port: int
    journeys: int = 0
    _asking: bool = False


@contextmanager
def line(port: int, there_and_back: float = 0) -> Iterator[Line]:
    """A line to a server on a port of this computer, on which a journey there and back takes so long (seconds)."""

    async def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        its_reader, its_writer = await asyncio.open_connection("127.0.0.1", port)
        half = there_and_back / 2
        try:
            await asyncio.gather(_carry(reader, its_writer, half, asked), _carry(its_reader, writer, half, answered))
        finally:
            for each in (writer, its_writer):
                each.transport.abort()

    def asked() -> None:
        told._asking = True

    def answered() -> None:
        told.journeys += told._asking
        told._asking = False

    with _listening(taken) as listening:
        told = Line(listening)
        yield told


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float, note: Callable[[], None]
) -> None:
    """Pass on what comes, each piece so long after it came."""
    loop = asyncio.get_running_loop()
    with suppress(OSError):
        while some := await reader.read(65536):
            note()
            loop.call_later(seconds, writer.write, some)
    loop.call_later(seconds, writer.close)


@contextmanager
def _listening(taken: Taken) -> Iterator[int]:
    """A port of this computer where `taken` has to do with who connects."""
    ready: threading.Event = threading.Event()
    told: list[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        done = asyncio.Event()
        tasks: set[asyncio.Future[None]] = set()

        def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(taken(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(begin, "127.0.0.1", 0)
        told.append((server.sockets[0].getsockname()[1], asyncio.get_running_loop(), done))
        ready.set()
        await done.wait()
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait()
    listening, loop, done = told[0]
    try:
        yield listening
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, context: ssl.SSLContext, port: int
) -> None:
    writers = [writer]
    try:
        with suppress(OSError, asyncio.IncompleteReadError):
            first = await reader.readexactly(8)
            while first in (_SSL, _GSS):
                writer.write(b"S" if first == _SSL else b"N")
                await writer.drain()
                if first == _SSL:
                    await writer.start_tls(context)
                first = await reader.readexactly(8)
            its_reader, its_writer = await asyncio.open_connection("127.0.0.1", port)
            writers.append(its_writer)
            its_writer.write(first)
            await asyncio.gather(_pump(reader, its_writer), _pump(its_reader, writer))
    except asyncio.CancelledError:
        for each in writers:
            each.transport.abort()
        raise
    finally:
        for each in writers:
            each.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    writer.close()
