"""Agents: the directory, and what each chooses to be."""

from services.chassis.commands import command, query
from services.chassis.providers import Caller, Clock, Store
from services.chassis.schema import PageOf, PageRequest
from services.presence.domain.agent import put, seen
from services.presence.domain.permissions import may_change_directory
from services.presence.events import AgentStateChanged, AgentUpdated
from services.presence.schemas import AgentView, One, PutAgent, SeeAgent, SetState
from services.presence.store import PresenceStore


class Agents:
    """Who works here."""

    store = Store(PresenceStore)
    clock = Clock()
    caller = Caller()

    @query(PageRequest, answers=PageOf(AgentView))
    def list_agents(self, limit, cursor):
        return self.store.page(self.store.agents, {}, sort=[("_id", 1)], limit=limit, cursor=cursor)

    @query(One, answers=AgentView)
    def get_agent(self, id):
        return self.store.agents.get(id)

    @command(SeeAgent, answers=AgentView)
    def see_agent(self, id, name):
        before = self.store.agent_if_known(id)
        return self.store.keep(before, seen(before, id, name, at=self.clock.now()), AgentUpdated)

    @command(PutAgent, answers=AgentView)
    def put_agent(self, id, if_version, **fields):
        may_change_directory(self.caller.actor)
        before = self.store.agent_to_put(id, if_version)
        return self.store.keep(before, put(before, id, at=self.clock.now(), **fields), AgentUpdated)

    @command(SetState, answers=AgentView)
    def set_state(self, state, reason):
        at = self.clock.now()
        before = self.store.at_sight(self.caller.actor, at)
        return self.store.keep(before, before.chosen(state, reason, at=at), AgentStateChanged)
