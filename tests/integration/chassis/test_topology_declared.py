"""The topology on a real broker: declared again and again, and clear about a queue with other arguments."""

import amqp
import pytest

from services.chassis import names
from services.chassis.amqp.uri import connection_arguments
from services.chassis.topology import declare_at, topology_of

CARDS = {"tickets": "Tickets.\n\nListens    mail/mail.*\n", "mail": "Mail."}


@pytest.fixture
def channel(amqp_uri):
    with amqp.Connection(**connection_arguments(amqp_uri, "test")) as connection:
        yield connection.channel()


def test_what_is_declared_twice_is_there_once(amqp_uri, channel):
    declare_at(amqp_uri, topology_of(CARDS))
    declare_at(amqp_uri, topology_of(CARDS))

    for queue in ("rpc.tickets.v1", "rpc.mail.v1", "tickets.from.mail.v1", names.PUBLIC_STREAM):
        assert channel.queue_declare(queue, passive=True).message_count == 0


def test_a_queue_is_filled_by_the_types_that_its_card_names(amqp_uri, channel):
    declare_at(amqp_uri, topology_of(CARDS))
    channel.confirm_select()

    for key in ("mail.received", "draft.saved"):
        channel.basic_publish_confirm(amqp.Message(b"{}"), "mail.events", key)

    assert channel.basic_get("tickets.from.mail.v1").delivery_info["routing_key"] == "mail.received"
    assert channel.basic_get("tickets.from.mail.v1") is None


def test_a_queue_with_other_arguments_is_named(amqp_uri, channel):
    channel.queue_declare("tickets.from.mail.v1", durable=True, auto_delete=False)

    with pytest.raises(amqp.PreconditionFailed, match=r"tickets\.from\.mail\.v1"):
        declare_at(amqp_uri, topology_of(CARDS))
