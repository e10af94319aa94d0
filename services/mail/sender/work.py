"""Claims deliveries and carries each to an honest end: sent, put off, failed, or unknown."""

import logging

from services.chassis import clock, crash
from services.chassis.context import Actor, Call
from services.chassis.store import run_unit
from services.mail.domain.deliveries import Delivery, DeliveryState
from services.mail.sender.handover import NotNow, Refused, Server, Unclear, hand_over
from services.mail.store import MailStore

SENDER = Actor(kind="service", id="mail-sender")
SETTLE_SECONDS = 60.0
ABANDONED = "The sender ended after the mail was handed over and before the server's answer was kept."

_log = logging.getLogger(__name__)


class Sending:
    """One sender among as many as one likes."""

    def __init__(self, store: MailStore, server: Server, owner: str) -> None:
        self._store = store
        self._server = server
        self._owner = owner

    def one(self) -> bool:
        """Claim a delivery and carry it out; whether there was one. Raises StoreFailure, Unavailable."""
        delivery = self.claim()
        if delivery is not None:
            self.carry_out(delivery)
        return delivery is not None

    def claim(self) -> Delivery | None:
        """The next delivery that is due, ours from now on. Raises StoreFailure."""
        return self._store.claim_delivery(self._owner)

    def carry_out(self, delivery: Delivery) -> None:
        """Bring a claimed delivery to its end. Raises StoreFailure, Unavailable."""
        crash.point("delivery_claimed")
        ended = self._carried_out(delivery)
        if ended is not None and not self._settle(ended):
            _log.warning("delivery %s was claimed by somebody else meanwhile", delivery.id)
            if ended.state is DeliveryState.SENT:
                self._testify(ended)

    def _carried_out(self, delivery: Delivery) -> Delivery | None:
        if delivery.state is DeliveryState.HANDING_OVER:
            return delivery.unclear(ABANDONED)
        message = self._store.messages.get(delivery.message)
        handing_over = delivery.hand_over()
        try:
            sent = hand_over(
                self._server,
                message.mailbox,
                delivery.recipient,
                self._store.blobs.read(message.digest),
                marked=lambda: self._marked(handing_over),
            )
        except Refused as refused:
            return handing_over.refused(str(refused))
        except NotNow as not_now:
            return delivery.put_off(str(not_now), at=clock.now())
        except Unclear as unclear:
            return handing_over.unclear(str(unclear))
        crash.point("after_250")
        return handing_over.accepted() if sent else None

    def _testify(self, sent: Delivery) -> None:
        """A sender that wakes with its 250 knows how the delivery ended that was given up as unknown."""

        def resolve() -> None:
            found = self._store.deliveries.get(sent.id)
            if found.state is DeliveryState.UNKNOWN:
                self._store.settle(found.accepted(), at=clock.now())

        run_unit(self._store.database, Call.begin(SENDER, seconds=SETTLE_SECONDS), resolve)

    def _marked(self, handing_over: Delivery) -> bool:
        marked = self._settle(handing_over)
        crash.point("handing_over")
        return marked

    def _settle(self, delivery: Delivery) -> bool:
        call = Call.begin(SENDER, seconds=SETTLE_SECONDS)
        at = clock.now()
        return run_unit(self._store.database, call, lambda: self._store.settle(delivery, at=at))
