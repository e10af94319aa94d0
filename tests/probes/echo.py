"""A service that answers what it is told to, in every way in which an answer can go."""

import time
from typing import Any

from services.chassis import context
from services.chassis.errors import Conflict
from services.chassis.idempotency import Replayed
from services.chassis.providers import Rpc, Store
from services.chassis.rpc.entrypoint import rpc
from services.chassis.store import Repository


class Taken(Conflict):
    """Somebody else has it."""

    code = "already_taken"


class EchoService:
    """Stands for any service on the bus."""

    name = "echo"

    store = Store(Repository)
    echo = Rpc("echo")

    @rpc
    def say(self, **args: Any) -> Any:
        return args

    @rpc
    def who(self) -> Any:
        call = context.current()
        return {"actor": str(call.actor), "correlation_id": call.correlation_id, "headers": sorted(call.to_headers())}

    @rpc
    def ask_who(self) -> Any:
        return self.echo.who()

    @rpc
    def again(self) -> Any:
        return Replayed("the first result")

    @rpc
    def refuse(self, by: str) -> Any:
        raise Taken("It is taken.", by=by)

    @rpc
    def stumble(self) -> Any:
        raise ValueError("nobody outside may read this")

    @rpc
    def answer_nonsense(self) -> Any:
        return {object()}

    @rpc
    def many(self, count: int) -> Any:
        return list(range(count))

    @rpc
    def work(self, lasting: float, trace: str) -> Any:
        with open(trace, "a") as file:
            file.write("began\n")
        time.sleep(lasting)
        with open(trace, "a") as file:
            file.write("ended\n")
        return "worked"
