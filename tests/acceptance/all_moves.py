"""A round through everything that publishes an event, over HTTP and SMTP."""

from typing import Any

from tests.acceptance.described import Reader
from tests.acceptance.desk import Stack
from tests.waiting import eventually

ADDRESS = "mawari@example.jp"
CALLER = {"channel": "mail", "address": "tanaka@example.jp", "name": "田中"}


class Round:
    """Two agents and an administrator, who do everything once."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.admin, self.lead = self._reader("root", "admin"), self._reader("mika", "agent", "lead")
        self.dai = self._reader("dai", "agent")

    def go(self) -> None:
        """All of it."""
        self.desks()
        self.groups()
        self.triggers()
        self.agents()
        self.customers()
        self.tickets()
        self.tasks()
        self.drafts()
        self.mails()

    def desks(self) -> None:
        for name, addresses in (("round", [ADDRESS]), ("round-gone", [])):
            desk = {"id": name, "name": name, "kind": "inquiry", "addresses": addresses}
            self.admin.ask("POST", "/v1/desks", desk, expect=201)
        change(self.admin, "/v1/desks/round", {"name": "ひとまわり"})
        delete(self.admin, "/v1/desks/round-gone")

    def groups(self) -> None:
        for name in ("round-one", "round-two", "group-gone"):
            members = [{"agent": "dai"}, {"agent": "mika"}]
            self.admin.ask(
                "POST", "/v1/groups", {"id": name, "name": name, "desk": "round", "members": members}, expect=201
            )
        change(self.admin, "/v1/groups/round-one", {"name": "一組"})
        delete(self.admin, "/v1/groups/group-gone")

    def triggers(self) -> None:
        rule = {"id": "round-rule", "name": "印", "desk": "round", "on": ["ticket.created"], "active": False}
        when = {"field": "title", "op": "is", "value": "決して"}
        then = [{"action": "assign", "group": "round-one"}]
        self.admin.ask("POST", "/v1/triggers", rule | {"when": when, "then": then}, expect=201)
        change(self.admin, "/v1/triggers/round-rule", {"position": 7})
        delete(self.admin, "/v1/triggers/round-rule")

    def agents(self) -> None:
        eventually(lambda: self.dai.send("GET", "/v1/agents/dai").ok)  # whom the gateway saw, presence soon knows
        session = self.dai.ask("POST", "/v1/agents/me/sessions", {}, expect=201)
        self.dai.ask("PUT", "/v1/agents/me/state", {"state": "ready"}, expect=200)
        self.dai.ask("DELETE", f"/v1/agents/me/sessions/{session['id']}", expect=204)
        change(self.admin, "/v1/agents/dai", {"name": "Dai", "email": "dai@example.jp"}, method="PUT")

    def customers(self) -> None:
        known = self.dai.ask("POST", "/v1/customers/recognise", CALLER, expect=200)["customer"]
        other = {"channel": "phone", "address": "+81312345678"}
        change(self.dai, f"/v1/customers/{known['id']}", {"identities": [known["identities"][0], other]})
        change(self.dai, f"/v1/customers/{known['id']}", {"identities": known["identities"], "company": "田中商店"})

    def tickets(self) -> None:
        path = f"/v1/tickets/{self.a_ticket('ひとつ', group='round-one')['id']}"
        self.dai.ask("POST", f"{path}/keep", {}, expect=200)
        change(self.dai, path, {"priority": "high"})
        comment = self.dai.ask("POST", f"{path}/comments", {"text": "覚え書き"}, expect=201)
        change(self.dai, f"/v1/activities/{comment['id']}", {"text": "書き直し"})
        for move in ("hold", "resume", "solve"):
            self.dai.ask("POST", f"{path}/{move}", {}, expect=200)
        self.lead.ask("POST", f"{path}/close", {}, expect=200)
        for tab in ("activities", "history", "inquiries", "decisions", "viewers"):
            self.dai.ask("GET", f"{path}/{tab}", expect=200)

    def tasks(self) -> None:
        ticket = self.a_ticket("ふたつ", group="round-one")
        [task] = eventually(lambda: self.waiting("round-one", ticket), within=30)
        self.dai.ask("GET", f"/v1/tasks/{task['id']}", expect=200)
        self.dai.ask("POST", f"/v1/tasks/{task['id']}/accept", {}, expect=200)
        self.dai.ask("POST", f"/v1/tasks/{task['id']}/complete", {}, expect=200)
        path = f"/v1/tickets/{ticket['id']}"
        self.dai.ask("POST", f"{path}/transfer", {"group": "round-two", "note": "たのむ"}, expect=200)
        self.dai.ask("POST", f"{path}/resolve-internally", {"reason": "test"}, expect=200)

    def drafts(self) -> None:
        ticket = self.a_ticket("みっつ", group="round-one")
        draft = self.dai.ask(
            "POST", "/v1/drafts", {"ticket": ticket["id"], "kind": "new", "text": "下書き"}, expect=201
        )
        self.dai.ask("POST", f"/v1/drafts/{draft['id']}/preview", {}, expect=200)
        delete(self.dai, f"/v1/drafts/{draft['id']}")

    def mails(self) -> None:
        fields = [f"To: {ADDRESS}", "From: robot@example.jp", "Subject: Away", "Auto-Submitted: auto-replied"]
        raw = "\r\n".join([*fields, "Message-ID: <away@example.jp>", "", "Away.", ""]).encode()
        self.stack.mail(raw, ADDRESS, sender="robot@example.jp")

    def a_ticket(self, title: str, **more: Any) -> dict[str, Any]:
        """A new ticket of the caller."""
        fields = {"desk": "round", "title": title, "description": title, "channel": "phone", "customer": CALLER}
        ticket: dict[str, Any] = self.dai.ask("POST", "/v1/tickets", fields | more, expect=201)
        return ticket

    def waiting(self, group: str, ticket: dict[str, Any]) -> list[dict[str, Any]]:
        """The tasks of a ticket in a queue."""
        return [each for each in self.dai.items(f"/v1/queue?group={group}") if each["ticket"] == ticket["id"]]

    def _reader(self, name: str, *roles: str) -> Reader:
        return Reader(self.stack, self.stack.agent(name, *roles).headers)


def change(agent: Reader, path: str, changes: dict[str, Any], *, method: str = "PATCH") -> None:
    """Change what somebody sees."""
    agent.ask(method, path, changes, headers={"If-Match": seen(agent, path)}, expect=200)


def delete(agent: Reader, path: str) -> None:
    """Take away what somebody sees."""
    assert agent.send("DELETE", path, headers={"If-Match": seen(agent, path)}).ok


def seen(agent: Reader, path: str) -> str:
    """The entity tag of what is there now."""
    tag: str = eventually(lambda: agent.send("GET", path).headers.get("ETag"))
    return tag
