"""The reading of mail in processes of its own, so that a poisonous mail kills only one of them.

Run as `python -m services.mail.parser <socket> <memory bytes>` this is the child: it reads one mail after the
other from its socket until that is closed. A pool starts such children and replaces those that die. Only
sockets and queues of the standard library are used, so that waiting is cooperative under eventlet.
"""

import hashlib
import json
import logging
import os
import queue
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from cattrs.preconf.json import make_converter

from services.mail.domain.message import ParsedMail
from services.mail.domain.reading import read
from services.mail.settings import MailSettings

LENGTH = struct.Struct(">Q")
READY = b"R"
ROOT = Path(__file__).parents[2]
OUT_OF_MEMORY = 3
START_SECONDS = 60.0
CHUNK_BYTES = 1024 * 1024
CONVERTER = make_converter()


class ParserKilled(Exception):
    """A mail could not be read: its process took too long, too much memory, or crashed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_parsers(settings: MailSettings) -> "ParserPool":
    """The pool that the settings ask for."""
    seconds = settings.parser_timeout.total_seconds()
    return ParserPool(settings.parser_processes, settings.parser_bytes, seconds)


class ParserPool:
    """A number of warm children, each reading one mail at a time."""

    def __init__(self, size: int, memory_bytes: int, timeout_seconds: float) -> None:
        self._memory_bytes = memory_bytes
        self._timeout_seconds = timeout_seconds
        self._idle: queue.Queue[Child] = queue.Queue()
        self.children = {Child(memory_bytes) for _ in range(size)}
        for child in self.children:
            self._idle.put(child)

    def parse(self, raw: bytes) -> ParsedMail:
        """What the mail says.

        Raises ParserKilled with the reason `too_slow`, `out_of_memory` or `crashed`.
        """
        child = self._idle.get()
        if child.process.poll() is not None:
            child = self._replace(child)
        try:
            return child.read(raw, self._timeout_seconds)
        except BaseException:  # also when the caller gave up waiting: an answer may still be on its way
            child = self._replace(child)
            raise
        finally:
            self._idle.put(child)

    @property
    def busy(self) -> int:
        """How many children have a mail to read."""
        return len(self.children) - self._idle.qsize()

    def close(self) -> None:
        """End every child."""
        for child in self.children:
            child.kill()

    def _replace(self, child: "Child") -> "Child":
        child.kill()
        fresh = Child(self._memory_bytes)
        self.children = (self.children - {child}) | {fresh}
        return fresh


class Child:
    """One process and the socket to it."""

    def __init__(self, memory_bytes: int) -> None:
        self._socket, theirs = socket.socketpair()
        command = [sys.executable, "-m", "services.mail.parser", str(theirs.fileno()), str(memory_bytes)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
        )
        theirs.close()
        self._ready = False

    def read(self, raw: bytes, timeout_seconds: float) -> ParsedMail:
        try:
            if not self._ready:
                self._ready = _receive(self._socket, 1, time.monotonic() + START_SECONDS) == READY
            return self._exchange(raw, time.monotonic() + timeout_seconds)
        except TimeoutError:
            raise ParserKilled("too_slow") from None
        except (EOFError, ConnectionError):
            code = self.process.wait()
            raise ParserKilled("out_of_memory" if code in {OUT_OF_MEMORY, -signal.SIGABRT} else "crashed") from None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._socket.close()

    def _exchange(self, raw: bytes, deadline: float) -> ParsedMail:
        self._socket.settimeout(_left(deadline))
        self._socket.sendall(LENGTH.pack(len(raw)) + raw)
        mail = CONVERTER.structure(json.loads(_receive_frame(self._socket, deadline)), ParsedMail)
        contents = [_receive_frame(self._socket, deadline) for _ in mail.attachments]
        kept = zip(mail.attachments, contents, strict=True)
        return replace(mail, attachments=tuple(replace(attachment, content=content) for attachment, content in kept))


def _receive_frame(connection: socket.socket, deadline: float | None) -> bytes:
    (length,) = LENGTH.unpack(_receive(connection, LENGTH.size, deadline))
    return _receive(connection, length, deadline)


def _receive(connection: socket.socket, length: int, deadline: float | None) -> bytes:
    received = bytearray()
    while len(received) < length:
        connection.settimeout(None if deadline is None else _left(deadline))
        chunk = connection.recv(min(CHUNK_BYTES, length - len(received)))
        if not chunk:
            raise EOFError
        received += chunk
    return bytes(received)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _answer(raw: bytes) -> list[bytes]:
    mail = read(raw, hashlib.sha256(raw).hexdigest())
    contents = [attachment.content for attachment in mail.attachments]
    light = replace(mail, attachments=tuple(replace(attachment, content=b"") for attachment in mail.attachments))
    document = json.dumps(CONVERTER.unstructure(light), ensure_ascii=False).encode("utf-8")
    return [part for content in (document, *contents) for part in (LENGTH.pack(len(content)), content)]


def _serve(connection: socket.socket) -> None:
    connection.sendall(READY)
    while True:
        try:
            raw = _receive_frame(connection, None)
            for part in _answer(raw):
                connection.sendall(part)
        except (EOFError, ConnectionError):
            return


def main(arguments: list[str]) -> None:
    """Serve the socket of that number, within that many bytes of memory."""
    descriptor, memory_bytes = map(int, arguments)
    logging.disable()  # the libraries below would log what they read
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    try:
        _serve(socket.socket(fileno=descriptor))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main(sys.argv[1:])
