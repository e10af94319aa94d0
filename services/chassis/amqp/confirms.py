"""Publishing that waits for the broker's word, many messages at a time."""

import threading
from collections.abc import Sequence
from typing import Any

from services.chassis.amqp.latch import Latch
from services.chassis.amqp.link import Link
from services.chassis.amqp.port import Publication
from services.chassis.errors import Unavailable

CONFIRM_SECONDS = 10.0


class Refused(Unavailable):
    """The broker refused messages of a batch, at these `places` in it; it has taken all the others."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(f"The broker refused {len(places)} messages.")
        self.places = places


class _Confirming:
    """A channel in confirm mode, as long as its connection lasts."""

    def __init__(self, channel: Any, epoch: int) -> None:
        self.epoch = epoch
        self.lost = False
        self.refused: list[int] = []
        self._first_tag = 1
        self._last_tag = 0
        self._awaited: dict[int, None] = {}
        self._done = Latch()
        channel.confirm_select()
        channel.events["basic_ack"].add(self._acked)
        channel.events["basic_nack"].add(self._nacked)

    def expect(self, count: int) -> None:
        """So many messages follow."""
        self._done = Latch()
        self.refused = []
        self._first_tag = self._last_tag + 1
        self._last_tag += count
        self._awaited = dict.fromkeys(range(self._first_tag, self._last_tag + 1))

    def wait(self, seconds: float) -> bool:
        """Whether the broker's word on every message came in time; `refused` has the places of the bad words."""
        return self.lost or self._done.wait(seconds)

    def lose(self) -> None:
        """No further word will come."""
        self.lost = True
        self._done.set()

    def _acked(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple)
        self._settled()

    def _nacked(self, tag: int, multiple: bool) -> None:
        self.refused += [each - self._first_tag for each in self._settle(tag, multiple)]
        self._settled()

    def _settle(self, tag: int, multiple: bool) -> list[int]:
        tags = [each for each in self._awaited if each <= tag] if multiple else [tag]
        for each in tags:
            self._awaited.pop(each, None)
        return tags

    def _settled(self) -> None:
        if not self._awaited:
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
        """Publish in this order. Raises Refused or Unavailable unless the broker has confirmed every one in time."""
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
        if confirming.lost:
            raise Unavailable("The broker did not confirm: the connection was lost.")
        if confirming.refused:
            raise Refused(confirming.refused)

    def _open(self, channel: Any) -> None:
        self._confirming = _Confirming(channel, self._port.epoch)

    def _lost(self) -> None:
        if self._confirming is not None:
            self._confirming.lose()
            self._confirming = None
