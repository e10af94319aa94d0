"""Whether a mail is a bounce, of whom it tells, and whether their address is lost."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.mail.domain.message import Bounce
from services.mail.domain.mime.parts import Part
from services.mail.domain.mime.words import header_text
from services.mail.domain.notices import signs
from services.mail.domain.notices.reasons import HARD, Reason, tell_reason
from services.mail.domain.notices.recipients import (
    copied_recipients,
    scanned_recipients,
    without_copy,
    written_recipients,
)
from services.mail.domain.notices.report import ADDRESS, STATUS, Delivery, read_report, read_unlabelled_report
from services.mail.domain.notices.returned import returned_fields, returned_message_id
from services.mail.domain.subject import is_forward_subject, is_reply_subject

ARRIVED = {"delivered", "relayed", "expanded"}
LONGEST_NOTICE = 40_000
REPLY_CODE = re.compile(r"(?:^|[\s>:(\"])([45])\d\d[ -]")


def find_bounce(raw: bytes, root: Part, subject: str, text: str) -> Bounce | None:
    """What the mail says of mail of ours that did not arrive, or None when it is no bounce."""
    text = text[:LONGEST_NOTICE]
    notice = without_copy(text)
    report = read_report(root)
    if not report and not looks_like_bounce(raw, root, subject, notice):
        return None
    report = report or read_unlabelled_report(root)
    bounce = _reported(root, report, subject, text) if report else _written(raw, root, subject, text)
    return bounce and replace(bounce, original_message_id=returned_message_id(root, text))


def looks_like_bounce(raw: bytes, root: Part, subject: str, notice: str) -> bool:
    """Whether sender, subject and words of a mail without a report are those of a bounce.

    A mail of a person, or about a bounce, must carry a server's own words.
    """
    fields = root.fields
    sender = header_text(fields.first("from") or b"")
    if fields.first("x-failed-recipients") or signs.CERTAIN_DAEMON.search(sender):
        return True
    from_daemon = signs.DAEMON.search(sender) is not None
    if (is_reply_subject(subject) or is_forward_subject(subject)) and not from_daemon:
        return False
    in_subject = signs.SUBJECT.search(subject) is not None
    null_path = header_text(fields.first("return-path") or b"").strip() == "<>"
    if from_daemon or null_path or root.media.get("report-type") == "delivery-status":
        return in_subject or signs.PHRASES.search(notice) is not None
    return in_subject and (signs.SERVER_SAID.search(notice) is not None or any(scanned_recipients(raw)))


def _reported(root: Part, report: Sequence[Delivery], subject: str, text: str) -> Bounce | None:
    open_ones = [delivery for delivery in report if delivery.action not in ARRIVED]
    if not open_ones:
        return None
    delayed = all(delivery.action.startswith("delay") for delivery in open_ones)
    named = [delivery.recipient for delivery in open_ones if delivery.recipient]
    status = _precise([status for delivery in open_ones for status in (delivery.status, delivery.coded) if status])
    diagnostic = "\n".join(delivery.diagnostic for delivery in open_ones if delivery.diagnostic)
    recipients = named or _recipients(root, subject, text)
    return _bounce(recipients, status, delayed, diagnostic or without_copy(text))


def _written(raw: bytes, root: Part, subject: str, text: str) -> Bounce:
    notice = without_copy(text)
    waiting, failed = scanned_recipients(raw)
    delayed = bool(waiting and not failed) or _still_tries(subject, notice)
    status = STATUS.search(notice)
    recipients = failed or waiting or _recipients(root, subject, text)
    return _bounce(recipients, status[1] if status else _basic_status(notice), delayed, f"{subject}\n{notice}")


def _still_tries(subject: str, notice: str) -> bool:
    if signs.STILL_TRYING.search(notice):
        return True
    return signs.STILL_TRYING_SUBJECT.search(subject) is not None and not signs.GAVE_UP.search(notice)


def _bounce(recipients: Sequence[str], status: str | None, delayed: bool, words: str) -> Bounce:
    reason = Reason.TEMPORARY if delayed else tell_reason(words, status)
    return Bounce(
        recipients=tuple(dict.fromkeys(recipients)),
        status=status,
        hard=not delayed and reason in HARD and not (status or "5").startswith("4"),
        delayed=delayed,
        reason=reason.value,
    )


def _recipients(root: Part, subject: str, text: str) -> list[str]:
    """The recipients by the sender's own field, the notice, or the copy of our mail that came with it."""
    own_field = ADDRESS.findall(header_text(root.fields.first("x-failed-recipients") or b""))
    if own_field:
        return own_field
    sender = ADDRESS.findall(" ".join(header_text(root.fields.first(name) or b"") for name in ("from", "to", "cc")))
    written = written_recipients(f"{subject}\n{without_copy(text)}", sender)
    returned = returned_fields(root)
    addressed = ADDRESS.findall(header_text(returned.first("to") or b"")) if returned else []
    in_both = [address for address in written if address in addressed]
    return in_both or written or addressed or list(copied_recipients(text))


def _precise(codes: Sequence[str]) -> str | None:
    """The first code that says more than that something failed, else the first."""
    return next((code for code in codes if not code.endswith(".0.0")), codes[0] if codes else None)


def _basic_status(notice: str) -> str | None:
    code = REPLY_CODE.search(notice)
    return f"{code[1]}.0.0" if code else None
