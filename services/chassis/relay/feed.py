"""A feed: the placed events on their way out to one exchange, with a watermark and a connection of its own."""

from logging import getLogger
from time import monotonic

from services.chassis import crash, metrics
from services.chassis.relay.ledger import Ledger
from services.chassis.relay.messages import Messages
from services.chassis.relay.order import Message, Window
from services.chassis.relay.outlet import Outlet
from services.chassis.relay.tenure import Tenure

IN_FLIGHT = 100
READ = 500
SAVE_SECONDS = 0.2
REST_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0

_log = getLogger(__name__)
_published = metrics.counter("relay_published", "Events that the broker confirmed.", ["feed"])
_refused = metrics.counter("relay_refused", "Events that the broker refused, since a queue was full.", ["feed"])
_lag = metrics.gauge("relay_lag", "Placed events that the broker has not confirmed.", ["feed"])


class Feed:
    """Publishes the log from the watermark on; nothing that is refused here delays another feed."""

    def __init__(self, watermark: str, ledger: Ledger, messages: Messages, tenure: Tenure) -> None:
        self._name = watermark
        self._ledger = ledger
        self._messages = messages
        self._tenure = tenure
        self._refusals = 0

    def run(self, outlet: Outlet) -> None:
        """Publish until the tenure is over. Raises what went wrong; run again, it goes on where it was."""
        self._saved: int = self._ledger.open()[self._name]
        self._saved_at = monotonic()
        self._window = Window(self._saved)
        try:
            with outlet:
                while self._tenure.holds():
                    self._step(outlet)
        finally:
            self._save()

    def _step(self, outlet: Outlet) -> None:
        if self._window.held < READ and self._messages.last > self._window.last:
            self._window.add(self._messages.behind(self._window.last, READ))
        messages = self._window.take(1 if self._refusals else IN_FLIGHT)
        if messages:
            self._publish(messages, outlet)
        else:
            self._rest()

    def _publish(self, messages: list[Message], outlet: Outlet) -> None:
        crash.point("relay_before_publish")
        refused = outlet.publish(messages)
        crash.point("relay_after_publish")
        for place, message in enumerate(messages):
            if place in refused:
                self._window.give_back(message)
            else:
                self._window.confirm(message)
        self._refusals = self._refusals + 1 if refused else 0
        self._count(len(messages), len(refused))
        if refused:
            self._wait_for_room(len(refused))
        elif monotonic() - self._saved_at >= SAVE_SECONDS:
            self._save()

    def _count(self, sent: int, refused: int) -> None:
        _published.labels(self._name).inc(sent - refused)
        _refused.labels(self._name).inc(refused)
        _lag.labels(self._name).set(self._messages.last - self._window.watermark)

    def _wait_for_room(self, refused: int) -> None:
        _log.warning("The %s feed: the broker refused %d events; a queue is full or broken.", self._name, refused)
        self._save()
        self._tenure.pause(min(0.1 * 2 ** min(self._refusals, 10), LONGEST_PAUSE_SECONDS))

    def _rest(self) -> None:
        unsaved = self._window.watermark != self._saved
        if not self._messages.wait(beyond=self._window.last, seconds=SAVE_SECONDS if unsaved else REST_SECONDS):
            self._save()

    def _save(self) -> None:
        if self._window.watermark != self._saved:
            self._ledger.advance(self._name, self._saved, self._window.watermark)
            self._saved = self._window.watermark
        self._saved_at = monotonic()
