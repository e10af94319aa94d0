"""Commands given by many at once, each until it is answered, whatever breaks meanwhile."""

from concurrent.futures import Future, ThreadPoolExecutor

from services.chassis.context import Actor, Call
from services.chassis.errors import Unavailable
from services.chassis.rpc import Client

CALLERS = 8
CALL_SECONDS = 5.0
AGENT = Actor(kind="agent", id="alice")


class Load:
    """Raises counters: so many commands, spread over so many counters of its own."""

    def __init__(self, client: Client, name: str, commands: int, counters: int) -> None:
        self.counters = [f"{name}-{number}" for number in range(counters)]
        self._client = client
        self._callers = ThreadPoolExecutor(CALLERS)
        for counter in self.counters:
            self._insist("open_counter", counter, f"open {counter}")
        self._answers: list[Future[int]] = [
            self._callers.submit(self._insist, "raise_counter", self.counters[number % counters], f"{name} {number}")
            for number in range(commands)
        ]

    @property
    def answered(self) -> int:
        """How many commands are answered so far."""
        return sum(answer.done() for answer in self._answers)

    def values(self) -> list[int]:
        """The answers of all commands, once there are all."""
        values = [answer.result() for answer in self._answers]
        self._callers.shutdown()
        return values

    def _insist(self, command: str, counter: str, key: str) -> int:
        while True:
            call = Call.begin(AGENT, seconds=CALL_SECONDS).keyed(key)
            try:
                return int(self._client.call("counters", command, {"id": counter}, call)[0])
            except Unavailable:
                continue
