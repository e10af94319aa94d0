"""Idempotency-Key: the client's own, or one made here, so that a command that the bus repeats has one effect."""

import re

from services.chassis.errors import Malformed
from services.chassis.ids import new_id

KEY = re.compile(r"[\x21-\x7e]{1,255}")
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def idempotency_key(method: str, header: str | None) -> str | None:
    """The key of a request that changes something; the others have none. Raises Malformed."""
    if method not in UNSAFE:
        return None
    if header is None:
        return new_id()
    if KEY.fullmatch(header) is None:
        raise Malformed("Idempotency-Key must be 1 to 255 visible ASCII characters.")
    return header
