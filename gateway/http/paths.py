"""The path of a request, decoded once and strictly."""

import re
from urllib.parse import unquote_to_bytes

from gateway.http.queries import BROKEN_ESCAPE, CONTROL
from services.chassis.errors import Malformed

ABSOLUTE = re.compile(r"https?://[^/?#]*", re.IGNORECASE)


def path_of(raw: str) -> str:
    """The path of a request target as WSGI has it (bytes as Latin-1). Raises Malformed."""
    origin = ABSOLUTE.match(raw)
    raw = raw[origin.end() :] or "/" if origin else raw
    if BROKEN_ESCAPE.search(raw):
        raise Malformed("The path has a % that escapes nothing.")
    try:
        path = unquote_to_bytes(raw.encode("latin-1")).decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("The path is not UTF-8.") from None
    if CONTROL.search(path):
        raise Malformed("The path has control characters.")
    return path
