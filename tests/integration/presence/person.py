"""An agent, asking presence as the gateway would on their behalf."""

from typing import Any

from services.chassis.context import Actor
from services.chassis.ids import new_id
from tests.integration.tickets.house import House, types


class Person:
    """Somebody who works here, seen for the first time."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.id = new_id().lower()
        self.name = f"Agent {self.id[-4:]}"
        self.actor = Actor(kind="agent", id=self.id, name=self.name, roles=("agent",))
        self.ask("see_agent", id=self.id, name=self.name)

    def ask(self, method: str, **args: Any) -> Any:
        """What presence answers them."""
        return self.house.ask("presence", method, by=self.actor, **args)

    def entry(self) -> dict[str, Any]:
        """Their entry in the directory."""
        entry: dict[str, Any] = self.ask("get_agent", id=self.id)
        return entry

    def open(self) -> str:
        """A new session of theirs."""
        return str(self.ask("open_session")["id"])

    def enter(self, ticket: str, session: str, activity: str = "viewing") -> dict[str, Any]:
        """Be at a ticket; the monitor."""
        monitor: dict[str, Any] = self.ask("enter_ticket", ticket=ticket, session=session, activity=activity)
        return monitor

    def history(self) -> list[str]:
        """What happened to them."""
        return types(self.house.log("presence", self.id))
