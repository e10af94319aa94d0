"""The names under which a request is found again: X-Request-ID and the traceparent of W3C Trace Context."""

import re

from services.chassis.ids import new_id

REQUEST_ID = re.compile(r"[\x21-\x7e]{1,128}")
TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def request_id(header: str | None) -> str:
    """The client's own id when it is visible ASCII of at most 128 characters, else a new one."""
    return header if header and REQUEST_ID.fullmatch(header) else new_id()


def traceparent(header: str | None) -> str | None:
    """The traceparent if it is one; a broken one is dropped, as the standard asks."""
    return header if header and TRACEPARENT.fullmatch(header) else None
