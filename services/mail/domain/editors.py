"""Who else is editing a reply, as far as it is known when one is sent (R143)."""

from typing import Any, Literal

from services.mail.errors import ReplyInProgress

UNKNOWN: Literal["unknown"] = "unknown"
Editors = list[dict[str, Any]] | Literal["unknown"]


def check_editors(editors: Editors, *, override: bool) -> list[str]:
    """The rule that was overridden, if one was. Raises ReplyInProgress."""
    if editors == UNKNOWN or not editors:
        return []
    if not override:
        raise ReplyInProgress(editors)
    return [ReplyInProgress.code]
