"""What the cards say, and the exchanges and queues that follow from it."""

from services.chassis import names
from services.chassis.topology import PUBLIC, cards, feed_of, listens, topology_of

CARD = """Tickets: what a customer asked.

Owns       desks, tickets
Publishes  ticket.assigned, mail/never.this
Listens    customers/customer.updated, mail/mail.received,
           routing/task.*, routing/decision.made
Offers     create_ticket
"""


def test_a_card_says_what_its_service_hears():
    assert listens(CARD) == {
        "customers": {"customer.updated"},
        "mail": {"mail.received"},
        "routing": {"task.*", "decision.made"},
    }


def test_a_card_that_hears_nothing_needs_no_queue():
    assert listens("Mail: no more than that.\n\nListens    nothing\n") == {}


def test_the_queue_of_a_hearer_is_bound_by_every_type():
    feed = feed_of("routing", {"tickets": CARD, "mail": ""})

    [queue] = feed.queues
    assert feed.exchanges == ("routing.events",)
    assert queue.name == "tickets.from.routing.v1"
    assert queue.bindings == (("routing.events", "decision.made"), ("routing.events", "task.*"))


def test_everything_is_the_public_part_every_feed_and_every_services_requests():
    everything = topology_of({"tickets": CARD, "mail": ""})

    assert set(everything.exchanges) == {
        names.PUBLIC_EXCHANGE,
        *(names.events_exchange(service) for service in ("customers", "mail", "routing", "tickets")),
    }
    assert {queue.name for queue in everything.queues} == {
        *(queue.name for queue in PUBLIC.queues),
        *(names.subscription_queue("tickets", source) for source in ("customers", "mail", "routing")),
        *(names.rpc_queue(service) for service in ("mail", "tickets")),
    }


def test_the_chassis_has_no_card():
    assert "chassis" not in cards()
    assert "mail" in cards()
