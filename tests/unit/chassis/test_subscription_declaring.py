"""What a service declares to hear."""

from typing import Any

from services.chassis.subscriptions import EACH, STRICT, heard, subscribe
from services.chassis.subscriptions.handling import Handler
from tests.unit.chassis.test_subscription_envelope import an_event


class Listening:
    """Hears two sources, one method both of them."""

    name = "listening"

    @subscribe("tickets", "ticket.solved")
    @subscribe("mail", "mail.sent", "mail.failed")
    def note(self, reading: Any) -> None:
        """Note it."""

    @subscribe("routing", "task.queued", order=STRICT, families=("offer",))
    def follow(self, reading: Any) -> None:
        """Follow a task."""


def a_handler(**changes: Any) -> Handler:
    usual = {"consumer": "a.b", "source": "tickets", "types": ("ticket.assigned",)}
    return Handler(**(usual | changes))


def test_a_service_says_what_it_hears_as_its_card_does() -> None:
    assert heard(Listening) == [
        "mail/mail.failed",
        "mail/mail.sent",
        "routing/offer.*",
        "routing/task.*",
        "tickets/ticket.solved",
    ]


def test_a_handler_hears_its_types_only() -> None:
    handler = a_handler(order=EACH)

    assert handler.hears(an_event(type="ticket.assigned"))
    assert not handler.hears(an_event(type="ticket.created"))


def test_a_strict_handler_hears_all_that_shares_its_subject() -> None:
    handler = a_handler(order=STRICT, families=("activity",))

    assert handler.hears(an_event(type="ticket.created"))
    assert handler.hears(an_event(type="activity.recorded"))
    assert not handler.hears(an_event(type="desk.created"))


def test_without_a_schema_a_reading_has_all_of_the_data() -> None:
    reading = a_handler().read(an_event(data={"number": 7}))

    assert (reading.number, reading.event.type) == (7, "ticket.assigned")
