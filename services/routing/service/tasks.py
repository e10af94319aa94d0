"""Tasks: what waits, who takes it, and when it is done."""

from services.chassis.commands import command, query
from services.chassis.ids import new_id
from services.chassis.providers import Caller, Clock, Rpc, Store
from services.chassis.schema import PageOf
from services.chassis.subscriptions import LATEST, subscribe
from services.chassis.timers import timer
from services.routing.consumed import ActivityHeard, TicketHeard
from services.routing.domain.ticket import TicketSeen
from services.routing.domain.values import ticket_values
from services.routing.domain.work import tend, unclear
from services.routing.schemas import ListQueue, ListTasks, MoveTask, One, PreviewView, TaskView
from services.routing.service.accepting import Accepting
from services.routing.store import ACCEPTING, RoutingStore

TICKET_EVENTS = (
    "ticket.created",
    "ticket.updated",
    "ticket.assigned",
    "ticket.transferred",
    "ticket.held",
    "ticket.resumed",
    "ticket.solved",
    "ticket.resolved_internally",
    "ticket.closed",
    "ticket.reopened",
)


class Tasks:
    """The work that waits in groups, and that agents have accepted."""

    store = Store(RoutingStore)
    clock = Clock()
    caller = Caller()
    tickets = Rpc("tickets")
    customers = Rpc("customers")

    @query(ListQueue, answers=PageOf(TaskView))
    def list_queue(self, group, limit, cursor):
        groups = self.store.groups_of(self.caller.actor.id) if group is None else [self.store.groups.get(group).id]
        return self.store.waiting(groups, limit=limit, cursor=cursor)

    @query(ListTasks, answers=PageOf(TaskView))
    def list_tasks(self, mine, limit, cursor):
        return self.store.held(self.caller.actor.id, mine.split(","), limit=limit, cursor=cursor)

    @query(One, answers=PreviewView)
    def get_task(self, id):
        task = self.store.with_contact(self.store.tasks.get(id))
        ticket = self.tickets.get_ticket(id=task.ticket)
        customer = ticket.get("customer") and self.customers.get_customer(id=ticket["customer"]["id"])
        activity = task.activity and self.tickets.get_activity(id=task.activity)
        return {"task": task, "ticket": ticket, "customer": customer, "activity": activity}

    @query(MoveTask, answers=TaskView)  # no command: tickets is asked between two transactions of its own
    def accept_task(self, id, if_version):
        task = self._accepting.accept(id, if_version, self.caller.actor.id, self.clock.now())
        return self.store.with_contact(task)

    @timer(ACCEPTING)
    def finish_accepting(self, key, fence):
        task = self.store.peek.tasks.get(key)
        refusal = self._accepting.ask(task) if task.awaits(fence) else None
        self._accepting.settle(key, fence, refusal)

    @command(MoveTask, answers=TaskView)
    def complete_task(self, id, if_version):
        before = self.store.tasks.get(id, if_version)
        actor = self.caller.actor
        after = before.complete(actor.id, at=self.clock.now(), anybody=actor.has("lead", "admin"))
        return self.store.with_contact(self.store.move(before, after))

    @subscribe("tickets", *TICKET_EVENTS, reads=TicketHeard, order=LATEST)
    def tend_task(self, heard):
        seen = TicketSeen.of(heard.ticket, ticket_values(vars(heard)))
        before = self.store.peek.live_task(heard.ticket)
        if unclear(seen, before):
            seen = TicketSeen.of(heard.ticket, ticket_values(self.tickets.get_ticket(id=heard.ticket)))
        task = self.store.live_task_as(before, heard.ticket)
        self.store.apply(tend(seen, task, new_id=new_id(), at=self.clock.now()))

    @subscribe("tickets", "activity.recorded", reads=ActivityHeard, order=LATEST)
    def note_contact(self, heard):
        self.store.note_contact(heard.ticket, heard.activity, heard.direction)

    @property
    def _accepting(self):
        return Accepting(self.store, self.tickets)
