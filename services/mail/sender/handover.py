"""One mail to one recipient; the instant before the content goes out is marked, so that nobody repeats it."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit

PERMANENT = 500
START_INPUT = 354
TLS_SCHEMES = ("smtps", "smtp+starttls")


class Refused(Exception):
    """The server will never take this mail for this recipient."""


class NotNow(Exception):
    """The server surely does not have it; later may help."""


class Unclear(Exception):
    """The content went out and no answer came back: the server may or may not have it."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """The SMTP server that takes our mail, from `smtp://user:password@host:port`, `smtps://` or `smtp+starttls://`."""

    host: str
    port: int
    name: str
    scheme: str = "smtp"
    user: str | None = None
    password: str | None = None
    timeout: timedelta = timedelta(seconds=60)

    @classmethod
    def of(cls, url: str, *, name: str, timeout: timedelta) -> "Server":
        """The server of a URL; `name` is what we greet it with. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", *TLS_SCHEMES) or not parts.hostname:
            raise ValueError(f"{url!r} is not an smtp, smtps or smtp+starttls URL")
        port = parts.port or {"smtp": 25, "smtps": 465, "smtp+starttls": 587}[parts.scheme]
        user, password = (unquote(each) if each else None for each in (parts.username, parts.password))
        return cls(
            host=parts.hostname,
            port=port,
            name=name,
            scheme=parts.scheme,
            user=user,
            password=password,
            timeout=timeout,
        )

    def connect(self) -> smtplib.SMTP:
        """A greeted connection. Raises OSError, SMTPException."""
        seconds = self.timeout.total_seconds()
        if self.scheme == "smtps":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, self.name, timeout=seconds, context=_context())
        else:
            smtp = smtplib.SMTP(self.host, self.port, self.name, timeout=seconds)
        smtp.ehlo_or_helo_if_needed()
        if self.scheme == "smtp+starttls":
            smtp.starttls(context=_context())
            smtp.ehlo()
        if self.user and self.password:
            smtp.login(self.user, self.password)
        return smtp


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def hand_over(server: Server, sender: str, recipient: str, raw: bytes, *, marked: Callable[[], bool]) -> bool:
    """Hand the mail over to the server; False when `marked` said that it is not ours to send any more.

    `marked` is called after 354, just before the content. Raises Refused, NotNow and, only after it, Unclear.
    """
    try:
        smtp = server.connect()
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(_said(error)) from error
    try:
        _announce(smtp, sender, recipient)
        if not marked():
            return False
        _content(smtp, raw)
        return True
    finally:
        _leave(smtp)


def _announce(smtp: smtplib.SMTP, sender: str, recipient: str) -> None:
    try:
        _must(smtp.mail(sender))
        _must(smtp.rcpt(recipient))
        _must(smtp.docmd("DATA"), START_INPUT)
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(_said(error)) from error


def _content(smtp: smtplib.SMTP, raw: bytes) -> None:
    try:
        smtp.send(_dotted(raw))
        answer = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Unclear(_said(error)) from error
    _must(answer)


def _must(answer: tuple[int, bytes], wanted: int | None = None) -> None:
    code, text = answer
    said = f"{code} {text.decode('utf-8', 'replace')}"
    if code >= PERMANENT:
        raise Refused(said)
    if code != wanted and (wanted is not None or not 200 <= code < 300):
        raise NotNow(said)


def _dotted(raw: bytes) -> bytes:
    """The content with its dots doubled and its end marked (RFC 5321, 4.5.2)."""
    body = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    stuffed = body.replace(b"\r\n.", b"\r\n..")
    return (b"." + stuffed if stuffed.startswith(b".") else stuffed) + b".\r\n"


def _leave(smtp: smtplib.SMTP) -> None:
    with suppress(OSError):  # it is gone already
        smtp.close()


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
