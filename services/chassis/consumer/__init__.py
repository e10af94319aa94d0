"""The consumer kit: each event has its effect once, whatever is delivered twice, late or out of order.

It stands alone: kombu and the standard library, and pymongo for the MongoDB inbox only. A team takes this folder,

    inbox = SqliteInbox(database, consumer="billing")

    def count(event, done):
        with database:                      # the handler's own transaction
            database.execute("UPDATE totals SET tickets = tickets + 1")
            done(database)                  # the inbox joins it

    Consumer(amqp_uri, "billing.tickets.v1", ["ticket.created"], inbox, count).run()

and binds nothing but queues of its own to the public exchange. With `order=STRICT` an event runs only after its
predecessor of the same subject, so the bindings must then cover all types of the aggregate (`ticket.*`).
"""

from .consumer import Consumer
from .event import Event, Undecodable
from .handling import Order
from .inbox import AlreadyDone, Inbox, KeepingInbox

EACH, STRICT = Order.EACH, Order.STRICT

__all__ = ["EACH", "STRICT", "AlreadyDone", "Consumer", "Event", "Inbox", "KeepingInbox", "Order", "Undecodable"]
