"""A question: what is to be decided after an event, and what must still be found out for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from services.routing.domain.fields import Field, Source
from services.routing.domain.snapshot import Snapshot, changed_names
from services.routing.domain.ticket import TicketSeen
from services.routing.domain.trigger import Trigger
from services.routing.domain.values import ticket_values

BY_MAIL = "mail"


@dataclass(frozen=True, kw_only=True)
class Question:
    """A ticket after an event, as far as the event tells; `retries` names the decision that came too late."""

    ticket: TicketSeen
    occasion: str
    event: str
    cascade: int
    message: str | None
    values: Mapping[str, Any]
    changed: frozenset[str]
    retries: str | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any], *, occasion: str, event: str, cascade: int) -> Self:
        """The question that an event of a ticket raises; `told` is its data."""
        values = ticket_values(told)
        personal = told.get("personal", {})
        return cls(
            ticket=TicketSeen.of(told["ticket"], values),
            occasion=occasion,
            event=event,
            cascade=cascade,
            message=told.get("message"),
            values=values,
            changed=changed_names({**told.get("changed", {}), **personal.get("changed", {})}),
        )

    def unknown(self, triggers: Iterable[Trigger]) -> frozenset[Source]:
        """Who must be asked before these triggers can be evaluated."""
        fields = {field for trigger in triggers for field in trigger.fields}
        return frozenset(each.source for each in fields if self._must_be_asked(each))

    def snapshot(self, found: Mapping[str, Any]) -> Snapshot:
        """What the triggers see: what the event told and, where it is silent, what was found."""
        return Snapshot.of({**found, **self.values}, self.changed)

    def _must_be_asked(self, field: Field) -> bool:
        if field.source is Source.CUSTOMER:
            return self.ticket.customer is not None
        if field.source is Source.MAIL:
            return self.message is not None or self.ticket.channel == BY_MAIL
        return field.source is Source.TICKET and field.name.partition(".")[0] not in self.values
