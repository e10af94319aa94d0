"""The query part of an address: strict UTF-8, each parameter once unless it is named as a filter."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from services.chassis.errors import Invalid, Malformed

BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MAX_PARAMETERS = 300
DEFAULT_LIMIT = 50
MAX_LIMIT = 200

Pairs = list[tuple[str, str]]


def parameters(raw: str) -> Pairs:
    """The parameters in their order, from a query string as WSGI has it (bytes as Latin-1). Raises Malformed."""
    if not raw:
        return []
    if BROKEN_ESCAPE.search(raw):
        raise Malformed("The query has a % that escapes nothing.")
    try:
        text = raw.encode("latin-1").decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
    except UnicodeDecodeError:
        raise Malformed("The query is not UTF-8.") from None
    except ValueError:
        raise Malformed(f"The query has more than {MAX_PARAMETERS} parameters.") from None
    if any(CONTROL.search(text) for pair in pairs for text in pair):
        raise Malformed("The query has control characters.")
    return pairs


def single(pairs: Pairs) -> dict[str, Any]:
    """Each parameter as text. Raises Invalid where one comes twice."""
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise Invalid(
            "A parameter comes twice.",
            errors={name: ["May come once only."] for name in values if names.count(name) > 1},
        )
    return values


def repeated(pairs: Pairs) -> dict[str, list[str]]:
    """Each parameter as the list of its values: they mean any of."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def limit(text: str | None) -> int:
    """How many items a page may have. Raises Invalid."""
    if text is None:
        return DEFAULT_LIMIT
    if re.fullmatch("[0-9]{1,3}", text) and 1 <= int(text) <= MAX_LIMIT:
        return int(text)
    raise Invalid("The limit is wrong.", errors={"limit": [f"Must be a number from 1 to {MAX_LIMIT}."]})


def next_link(path: str, pairs: Pairs, cursor: str) -> str:
    """The Link header to the next page: the same address with another cursor."""
    kept = [(name, value) for name, value in pairs if name != "cursor"]
    return f'<{path}?{urlencode([*kept, ("cursor", cursor)])}>; rel="next"'
