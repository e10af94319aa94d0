"""What a client of the running stack does: requests, mails in, and the mails that went out."""

import email
import email.policy
import json
import mailbox
import smtplib
import subprocess
import sys
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import requests

from tests.waiting import eventually

REQUEST_SECONDS = 20


@dataclass(frozen=True)
class Agent:
    """Somebody with a token."""

    stack: "Stack"
    headers: dict[str, str]

    def ask(self, method: str, path: str, body: Any = None, *, expect: int | None = None, **options: Any) -> Any:
        """The JSON answer; with `expect`, its status is checked first."""
        answer = self.send(method, path, json=body, **options)
        if expect is not None:
            assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if answer.content else None

    def send(self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any) -> Any:
        """The bare answer."""
        address = f"http://127.0.0.1:{self.stack.http_port}{path}"
        given = self.headers | (headers or {})
        return requests.request(method, address, headers=given, timeout=REQUEST_SECONDS, **options)

    def items(self, path: str) -> list[dict[str, Any]]:
        """The items of a list's first page."""
        found: list[dict[str, Any]] = self.ask("GET", path, expect=200)["items"]
        return found


@dataclass
class Stack:
    """The running stack."""

    home: Path
    http_port: int
    smtp_port: int
    environment: dict[str, str]
    _agents: dict[str, Agent] = field(default_factory=dict)

    def run(self, *command: str) -> str:
        """What a command of the local stack prints."""
        return subprocess.run(
            [sys.executable, "-m", "deploy.local", *command],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    def agent(self, name: str, *roles: str) -> Agent:
        """Somebody with these roles."""
        known = self._agents.get(f"{name} {roles}")
        if known is None:
            token = self.run("token", name, "--roles", ",".join(roles or ("agent",)), "--name", name.title()).strip()
            known = self._agents[f"{name} {roles}"] = Agent(self, {"Authorization": f"Bearer {token}"})
        return known

    def wait_until_ready(self, process: "subprocess.Popen[bytes]", *, within: float) -> None:
        """Until /readyz is green."""

        def ready() -> bool:
            assert process.poll() is None, (self.home / "run.log").read_text(errors="replace")[-3000:]
            try:
                return requests.get(f"http://127.0.0.1:{self.http_port}/readyz", timeout=5).status_code == 200
            except requests.ConnectionError:
                return False

        eventually(ready, within=within)

    def pid(self, name: str) -> int:
        """The process of this name, 0 while there is none."""
        found = {each.split()[1]: int(each.split()[0]) for each in self.run("ps").splitlines()}
        return found.get(name, 0)

    def mail(
        self, raw: bytes, *recipients: str, sender: str = "yamada@example.jp", wait: float = REQUEST_SECONDS
    ) -> None:
        """Hand in a mail over SMTP, as a mail server does."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=wait) as smtp:
            smtp.sendmail(sender, list(recipients), raw)

    def outgoing(self) -> list[EmailMessage]:
        """The mails that went out, in no order."""
        caught = mailbox.Maildir(self.home / "outgoing", create=True)
        policy = email.policy.default
        return [email.message_from_bytes(caught.get_bytes(key), policy=policy) for key in caught.keys()]  # noqa: SIM118

    def sent_to(self, recipient: str, subject: str) -> list[EmailMessage]:
        """The mails that went to somebody under a subject."""
        return [mail for mail in self.outgoing() if recipient in str(mail["To"]) and subject in str(mail["Subject"])]


def show(value: Any) -> str:
    """A JSON value for a failed assertion."""
    return json.dumps(value, ensure_ascii=False, indent=1)[:3000]
