"""The head of a thread decides: whoever writes on, having seen another, is told what came since (N3)."""

from collections.abc import Mapping, Sequence

from services.mail.domain.drafts import Draft
from services.mail.domain.messages import Message
from services.mail.errors import AnsweredMeanwhile

SHOWN_CHARACTERS = 500


def check_head(draft: Draft, head: str | None, since: Sequence[Message], *, override: bool) -> list[str]:
    """The rule that was overridden, if one was. Raises AnsweredMeanwhile."""
    if head == draft.based_on:
        return []
    if not override:
        raise AnsweredMeanwhile([_shown(message) for message in since])
    return [AnsweredMeanwhile.code]


def _shown(message: Message) -> Mapping[str, object]:
    author = message.author.address if message.author else None
    text = (message.reply_text or message.text)[:SHOWN_CHARACTERS]
    known = {"message": message.id, "direction": message.direction.value, "from": author}
    return known | {"at": f"{message.at:%Y-%m-%dT%H:%M:%SZ}", "text": text}
