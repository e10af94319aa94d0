"""Instants and spans as text: RFC 3339 in UTC with `Z`, and ISO 8601 durations."""

from datetime import UTC, datetime, timedelta

import isodate

from services.chassis.clock import whole_milliseconds


def instant_text(instant: datetime) -> str:
    """`2026-11-22T01:02:05.630Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_instant(text: str) -> datetime:
    """The instant of an RFC 3339 text, which must name its offset. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None or "T" not in text.upper():
        raise ValueError("it must be an RFC 3339 date and time with an offset")
    return whole_milliseconds(instant.astimezone(UTC))


def span_text(span: timedelta) -> str:
    """`P14D`, `PT15S`."""
    return str(isodate.duration_isoformat(span))


def read_span(text: str) -> timedelta:
    """The span of an ISO 8601 duration of weeks, days, hours, minutes and seconds. Raises ValueError."""
    try:
        span = isodate.parse_duration(text)
    except isodate.ISO8601Error:
        raise ValueError("it must be an ISO 8601 duration such as PT15S") from None
    if not isinstance(span, timedelta) or span < timedelta():
        raise ValueError("it must be a duration without months and years, not below zero")
    return span
