"""The fields that a condition may name: what kind of value each holds, and who must be asked for it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds, which decides the operators that apply to it."""

    TEXT = "text"
    TEXTS = "texts"  # a condition holds when it holds for one of them
    TAGS = "tags"  # like texts, but `contains` means a whole tag
    NUMBER = "number"
    INSTANT = "instant"
    RANK = "rank"  # one of its choices, which are in rising order
    ANY = "any"  # whatever the desk has configured


class Source(StrEnum):
    """Where a field's value comes from."""

    EVENT = "event"
    TICKET = "ticket"
    CUSTOMER = "customer"
    MAIL = "mail"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field by its name; with `choices` it can hold nothing else."""

    name: str
    kind: Kind = Kind.TEXT
    source: Source = Source.EVENT
    choices: tuple[str, ...] = ()


PRIORITIES = ("low", "normal", "high", "urgent")
CHANNELS = ("mail", "help_center", "phone", "chat", "sms", "external", "agent")
STATUSES = (
    "new",
    "in_progress",
    "on_hold",
    "solved",
    "closed",
    "resolved_internally",
    "escalating",
    "escalation_answered",
)
REASONS = ("spam", "abuse", "test", "duplicate", "solved_in_chat", "solved_by_phone", "other")

_SNAPSHOT = (
    Field(name="number", kind=Kind.NUMBER),
    Field(name="desk"),
    Field(name="title"),
    Field(name="status", choices=STATUSES),
    Field(name="channel", choices=CHANNELS),
    Field(name="group"),
    Field(name="assignee"),
    Field(name="assigned_by", choices=("trigger", "keep", "transfer", "offer", "assign")),
    Field(name="customer"),
)
_TICKET = (
    Field(name="priority", kind=Kind.RANK, source=Source.TICKET, choices=PRIORITIES),
    Field(name="resolution", source=Source.TICKET, choices=("answered", *REASONS)),
    Field(name="tags", kind=Kind.TAGS, source=Source.TICKET),
    *(
        Field(name=name, source=Source.TICKET)
        for name in ("description", "language", "intake_type", "related_to", "follows", "escalated_from")
    ),
    *(
        Field(name=f"{name}_at", kind=Kind.INSTANT, source=Source.TICKET)
        for name in ("opened", "created", "updated", "solved", "closed")
    ),
)
_CUSTOMER = (
    Field(name="customer.number", kind=Kind.NUMBER, source=Source.CUSTOMER),
    *(
        Field(name=f"customer.{name}", source=Source.CUSTOMER)
        for name in ("id", "name", "name_kana", "company", "language", "preferred_channel", "notes")
    ),
    *(Field(name=f"customer.{name}", kind=Kind.TEXTS, source=Source.CUSTOMER) for name in ("email", "phone")),
)
_MAIL = (
    Field(name="mail.from", source=Source.MAIL),
    Field(name="mail.to", kind=Kind.TEXTS, source=Source.MAIL),
    Field(name="mail.subject", source=Source.MAIL),
    Field(name="mail.body", source=Source.MAIL),
)

FIELDS = {each.name: each for each in (*_SNAPSHOT, *_TICKET, *_CUSTOMER, *_MAIL)}
HEADERS = "mail.header."
FAMILIES = {
    "customer_fields.": Field(name="customer_fields.", kind=Kind.ANY, source=Source.TICKET),
    "operator_fields.": Field(name="operator_fields.", kind=Kind.ANY, source=Source.TICKET),
    "customer.fields.": Field(name="customer.fields.", kind=Kind.ANY, source=Source.CUSTOMER),
    "customer.external_ids.": Field(name="customer.external_ids.", kind=Kind.ANY, source=Source.CUSTOMER),
    HEADERS: Field(name=HEADERS, source=Source.MAIL),
}


def field_named(name: str) -> Field | None:
    """The field of that name, one of a family included, or None; a header's name in whatever case."""
    for prefix, family in FAMILIES.items():
        if name.startswith(prefix) and len(name) > len(prefix):
            own = header_field(name.removeprefix(HEADERS)) if prefix == HEADERS else name
            return Field(name=own, kind=family.kind, source=family.source)
    return FIELDS.get(name)


def header_field(header: str) -> str:
    """The field of a mail header, as `mail.header.in_reply_to`."""
    return HEADERS + header.lower().replace("-", "_")
