"""A desk with a group, its triggers and its tickets, asked for as the gateway would."""

from typing import Any

from services.chassis.context import Actor
from tests.integration.tickets.acts import received
from tests.integration.tickets.house import ADMIN, ALICE, SYSTEM, House
from tests.waiting import eventually

WITHIN = 20
EVE = Actor(kind="agent", id="eve", name="Eve", roles=("agent",))


class Desk:
    """A desk of one test; alice and bob are its group."""

    def __init__(self, house: House, id: str) -> None:
        self.house = house
        self.id = id
        self.group = f"{id}-g"
        house.ask("tickets", "create_desk", by=ADMIN, id=id, name="Support")
        self.add_group(self.group)

    def add_group(self, id: str, members: tuple[str, ...] = ("alice", "bob"), **fields: Any) -> dict[str, Any]:
        """A group of this desk."""
        given = {"id": id, "name": "請求係", "desk": self.id, "members": [{"agent": each} for each in members]}
        group: dict[str, Any] = self.house.ask("routing", "create_group", by=ADMIN, **(given | fields))
        return group

    def add_trigger(self, **fields: Any) -> dict[str, Any]:
        """A trigger of this desk; unless told otherwise, it gives every new ticket to the group."""
        given = {
            "name": "To the group",
            "desk": self.id,
            "on": ["ticket.created"],
            "when": {"all": []},
            "then": [{"action": "assign", "group": self.group}],
        }
        trigger: dict[str, Any] = self.house.ask("routing", "create_trigger", by=ADMIN, **(given | fields))
        return trigger

    def add_ticket(self, **fields: Any) -> dict[str, Any]:
        """A new ticket of a customer who wrote."""
        given = {
            "desk": self.id,
            "title": "請求書について",
            "description": "九月分が届きません。",
            "channel": "help_center",
            "customer": {"channel": "mail", "address": "yamada@example.jp", "name": "山田太郎"},
        }
        ticket: dict[str, Any] = self.house.ask("tickets", "create_ticket", **(given | fields))
        return ticket

    def add_mail(self, **fields: Any) -> dict[str, Any]:
        """The ticket of a mail that a customer wrote, told of as mail does."""
        known = {"channel": "mail", "address": "yamada@example.jp", "name": "山田太郎"}
        customer = self.house.ask("customers", "recognise", by=SYSTEM, strict=False, **known)["customer"]["id"]
        mail = received(desk=self.id, customer=customer, **fields)
        self.house.tell("mail", "mail.received", mail["message"], mail)
        activities = self.house.database("tickets")["activities"]
        entry = eventually(lambda: activities.find_one({"source": mail["message"]}), WITHIN)
        return self.ticket(entry["ticket"])

    def ticket(self, id: str) -> dict[str, Any]:
        """The ticket as it is now."""
        ticket: dict[str, Any] = self.house.ask("tickets", "get_ticket", id=id)
        return ticket

    def queue(self, group: str | None = None) -> list[dict[str, Any]]:
        """What waits in a group."""
        items: list[dict[str, Any]] = self.house.ask("routing", "list_queue", group=group or self.group)["items"]
        return items

    def waiting(self, ticket: str, group: str | None = None) -> dict[str, Any]:
        """The task of a ticket, once it waits in the group."""
        return eventually(lambda: next((each for each in self.queue(group) if each["ticket"] == ticket), None), WITHIN)

    def accept(self, task: str, by: Actor = ALICE) -> dict[str, Any]:
        """Take a task."""
        accepted: dict[str, Any] = self.house.ask("routing", "accept_task", by=by, id=task)
        return accepted

    def decisions(self, ticket: str) -> list[dict[str, Any]]:
        """Why a ticket was routed as it was, the newest first."""
        items: list[dict[str, Any]] = self.house.ask("routing", "list_decisions", ticket=ticket)["items"]
        return items

    def task_events(self, task: str) -> list[str]:
        """What happened to a task."""
        return [row["type"] for row in self.house.log("routing", task)]

    def waiting_task(self, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """A ticket that waits in the group, and its task."""
        ticket = self.add_ticket(group=self.group, **fields)
        return ticket, self.waiting(ticket["id"])

    def state_of(self, task: str) -> str:
        """Where a task stands."""
        return str(self.house.ask("routing", "get_task", id=task)["task"]["state"])

    def ends_as(self, task: str, state: str) -> None:
        """Wait until the task is in this state."""
        eventually(lambda: self.state_of(task) == state, WITHIN)
