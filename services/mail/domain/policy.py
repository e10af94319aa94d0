"""The one point that every mail to a customer passes: what it must not have, and what its author should look at."""

import re
from collections.abc import Iterable

from services.mail.domain.drafts import Draft

PLACEHOLDER = re.compile(r"\{\{[^{}\n]{0,80}\}\}|\[\[[^\[\]\n]{0,80}\]\]|<%[^%\n]{0,80}%>")


def warnings(draft: Draft, *, participants: Iterable[str]) -> list[dict[str, str]]:
    """What the author should look at before the mail leaves: `{code, where, detail}` each."""
    known = set(participants)
    found = [
        {"code": "placeholder", "where": where, "detail": match[0]}
        for where, text in (("subject", draft.subject), ("text", draft.text))
        for match in PLACEHOLDER.finditer(text)
    ]
    found += [
        {"code": "unexpected_recipient", "where": where, "detail": each.address}
        for where, people in (("to", draft.to), ("cc", draft.cc), ("bcc", draft.bcc))
        for each in people
        if known and each.key not in known
    ]
    if not draft.text.strip() and not draft.html:
        found.append({"code": "empty", "where": "text", "detail": ""})
    return found
