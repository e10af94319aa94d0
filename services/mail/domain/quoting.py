"""The text of the answered mail as it stands below an answer."""

from datetime import datetime

from services.mail.domain.mime.addresses import Address

MOST_LINES = 2_000
WEEKDAYS = "月火水木金土日"


def quote(text: str, author: Address | None, date: datetime | None, *, language: str | None = None) -> str:
    """The text with `> ` before each line, below a line that says who wrote it when, in the customer's language."""
    lines = text.rstrip().split("\n")[:MOST_LINES]
    quoted = (f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in lines)
    return "\n".join([attribution(author, date, language), *quoted])


def attribution(author: Address | None, date: datetime | None, language: str | None) -> str:
    """Who wrote when; `date` is shown in the zone that it carries."""
    return _japanese(author, date) if language == "ja" else _english(author, date)


def _japanese(author: Address | None, date: datetime | None) -> str:
    when = f"{date:%Y}年{date.month}月{date.day}日({WEEKDAYS[date.weekday()]}) {date.hour}:{date:%M} " if date else ""
    return f"{when}{_shown(author) or '差出人不明'}:"


def _english(author: Address | None, date: datetime | None) -> str:
    when = f"On {date:%Y-%m-%d at %H:%M}, " if date else ""
    return f"{when}{_shown(author) or 'somebody'} wrote:"


def _shown(author: Address | None) -> str:
    if author is None:
        return ""
    return f"{author.name} <{author.address}>" if author.name and author.address else author.name or author.address
