"""An SMTP server that fails where it is told to, and counts what it was given whole."""

import socket
import threading
from typing import Self

ANSWERS = {"EHLO": "250 ready", "HELO": "250 ready", "MAIL": "250 OK", "RCPT": "250 OK", "DATA": "354 go on"}
GONE = "gone"  # the server closes the connection instead of answering


class ScriptedServer:
    """Answers each command as usual, but for those that the script names: a command, or `CONTENT`, and its answer."""

    def __init__(self, **script: str) -> None:
        self.script = script
        self.taken: list[bytes] = []
        self.commands: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=[connection], daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            if self._said(connection, self.script.get("GREETING", "220 hello")):
                for line in lines:
                    command = line.split(b" ")[0].strip().decode().upper()
                    self.commands.append(command)
                    answer = self.script.get(command, ANSWERS.get(command, "250 OK"))
                    if not self._said(connection, answer):
                        return
                    if answer.startswith("354") and not self._take(connection, lines):
                        return

    def _take(self, connection: socket.socket, lines: "object") -> bool:
        content = b""
        for line in lines:  # type: ignore[attr-defined]
            if line == b".\r\n":
                self.taken.append(content)
                return self._said(connection, self.script.get("CONTENT", "250 taken"))
            content += line
        return False

    def _said(self, connection: socket.socket, answer: str) -> bool:
        if answer == GONE:
            return False
        connection.sendall(answer.encode() + b"\r\n")
        return True
