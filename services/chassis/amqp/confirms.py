"""Publishing that waits for the broker's word, many messages at a time."""

import threading
from collections.abc import Sequence
from typing import Any

from services.chassis.amqp.latch import Latch
from services.chassis.amqp.link import Link
from services.chassis.amqp.port import Publication
from services.chassis.errors import Unavailable

CONFIRM_SECONDS = 10.0


class _Confirming:
    """A channel in confirm mode, as long as its connection lasts."""

    def __init__(self, channel: Any, epoch: int) -> None:
        self.epoch = epoch
        self.failure: str | None = None
        self._lost = False
        self._last_tag = 0
        self._awaited: dict[int, None] = {}
        self._done = Latch()
        channel.confirm_select()
        channel.events["basic_ack"].add(self._acked)
        channel.events["basic_nack"].add(self._nacked)

    def expect(self, count: int) -> None:
        """So many messages follow."""
        self._done = Latch()
        self.failure = None
        first = self._last_tag + 1
        self._last_tag += count
        self._awaited = dict.fromkeys(range(first, first + count))

    def wait(self, seconds: float) -> bool:
        """Whether the broker's word on what was expected came in time; `failure` says when it was a bad one."""
        in_time = self._lost or self._done.wait(seconds)
        if self._lost:
            self.failure = "the connection was lost"
        return in_time

    def lose(self) -> None:
        """No further word will come."""
        self._lost = True
        self._done.set()

    def _acked(self, tag: int, multiple: bool) -> None:
        for each in [awaited for awaited in self._awaited if awaited <= tag] if multiple else [tag]:
            self._awaited.pop(each, None)
        if not self._awaited:
            self._done.set()

    def _nacked(self, tag: int, multiple: bool) -> None:
        self.failure = "it refused a message"
        self._done.set()


class Confirms:
    """A channel in confirm mode: a batch is sent as a whole, and then all of its confirms are awaited.

    To be made before the link starts. A batch that failed may have been published in part.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._port = link.port(self._open, self._lost, purpose="a channel that confirms")
        self._one_batch = threading.Lock()
        self._confirming: _Confirming | None = None

    def publish_batch(self, publications: Sequence[Publication], seconds: float = CONFIRM_SECONDS) -> None:
        """Publish in this order. Raises Unavailable unless the broker has confirmed every one in time."""
        with self._one_batch:
            if publications:
                self._publish(publications, seconds)

    def _publish(self, publications: Sequence[Publication], seconds: float) -> None:
        confirming = self._confirming
        if confirming is None:
            raise Unavailable(f"The broker cannot be reached: {self._link.state()}.")
        confirming.expect(len(publications))
        for publication in publications:
            self._port.publish(publication, epoch=confirming.epoch)
        if not confirming.wait(seconds):
            self._link.renew()  # else the late confirms would be taken for those of the next batch
            raise Unavailable("The broker did not confirm in time.")
        if confirming.failure is not None:
            raise Unavailable(f"The broker did not confirm: {confirming.failure}.")

    def _open(self, channel: Any) -> None:
        self._confirming = _Confirming(channel, self._port.epoch)

    def _lost(self) -> None:
        if self._confirming is not None:
            self._confirming.lose()
            self._confirming = None
