"""The Date field as an instant in UTC."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

MOST_OFFSET_SECONDS = 24 * 3600


def parse_date(text: str) -> datetime | None:
    """The instant of a Date field (RFC 5322, or ISO 8601 which some send), or None when it names none."""
    return _rfc5322(text) or _iso(text)


def _rfc5322(text: str) -> datetime | None:
    try:
        fields = parsedate_tz(text[:200])
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if fields is None:
        return None
    offset = fields[9] or 0
    if abs(offset) >= MOST_OFFSET_SECONDS:
        offset = 0
    try:
        zone = timezone(timedelta(seconds=offset))
        return datetime(*fields[:6], tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    match = re.search(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", text[:200])
    try:
        return datetime.fromisoformat(match[0]).replace(tzinfo=UTC) if match else None
    except ValueError:
        return None
