"""What presence keeps."""

from collections.abc import Iterable
from datetime import datetime

from services.chassis.context import Actor
from services.chassis.store import Aggregates, Index, Repository, Table
from services.chassis.store.codec import from_document, to_document
from services.presence.domain.agent import Agent, seen
from services.presence.domain.leases import BEAT, Pulse, Review, Session
from services.presence.domain.viewers import Viewer, viewer_id
from services.presence.errors import SessionEnded, VersionMissing
from services.presence.events import AgentConnected, AgentCreated, AgentDisconnected, AgentStateChanged, AgentUpdated

FORGOTTEN_SECONDS = 86400
MOST_VIEWERS = 500
PULSE = "pulse"
LAPSE = "lapse"
Told = AgentUpdated | AgentStateChanged | AgentConnected | AgentDisconnected


class PresenceStore(Repository):
    """The directory, sessions, viewers, and the pulse of the store itself."""

    agents = Aggregates(Agent, "agents")
    sessions = Table("sessions", indexes=[Index("agent")])
    viewers = Table(
        "viewers",
        indexes=[
            Index("ticket", "-until"),
            Index("session"),
            Index("until", expireAfterSeconds=FORGOTTEN_SECONDS),
        ],
    )
    pulses = Table("pulses")

    def agent_if_known(self, id: str) -> Agent | None:
        """The agent, or None."""
        return self.agents.find_one({"_id": id})

    def at_sight(self, actor: Actor, at: datetime) -> Agent:
        """The agent who acts, entered now if nobody has seen them before. Raises NotFound for those who are none."""
        if not actor.has("agent"):
            return self.agents.get(actor.id)
        return self.agent_if_known(actor.id) or self.keep(None, seen(None, actor.id, actor.name, at=at), AgentUpdated)

    def names(self, agents: Iterable[str]) -> dict[str, str]:
        """The names of these agents."""
        return {each.id: each.name for each in self.agents.find({"_id": {"$in": [*agents]}})}

    def agent_to_put(self, id: str, if_version: int | None) -> Agent | None:
        """The agent whom somebody replaces, or None. Raises VersionMissing, Stale."""
        known = self.agent_if_known(id)
        if known is None:
            return None
        if if_version is None:
            raise VersionMissing(id)
        return self.agents.get(id, if_version)

    def keep(self, before: Agent | None, after: Agent, told: type[Told]) -> Agent:
        """Store an agent as they are now, with the event of the change, if anything changed."""
        if before is None:
            return self.add(after, AgentCreated.of(after))
        return before if after == before else self.save(after, told.of(after, before))

    def pulse(self, at: datetime) -> Pulse:
        """Since when the store has been writable; since now, when nobody has looked yet."""
        row = self.pulses.get(PULSE)
        return Pulse.first(at) if row is None else Pulse(since=row["since"], last=row["last"])

    def start_pulse(self, at: datetime) -> None:
        """Begin to look, if nobody has yet."""
        if self.pulses.get(PULSE) is None:
            self.keep_pulse(Pulse.first(at))

    def keep_pulse(self, pulse: Pulse) -> None:
        """Store a beat, and wait for the next."""
        self.pulses.put(PULSE, {"since": pulse.since, "last": pulse.last})
        self.set_timer(PULSE, PULSE, pulse.last + BEAT)

    def sessions_of(self, agent: str) -> list[Session]:
        """The sessions of an agent; none is added or taken away before this is committed."""
        self.touch(f"sessions of {agent}")
        return [from_document(Session, row) for row in self.sessions.find({"agent": agent})]

    def session(self, id: str, agent: str) -> Session:
        """A session of this agent. Raises SessionEnded."""
        row = self.sessions.find_one({"_id": id, "agent": agent})
        if row is None:
            raise SessionEnded(id)
        return from_document(Session, row)

    def open_session(self, session: Session) -> None:
        """Store a new session, and look at the agent's sessions when its lease ends."""
        self.sessions_of(session.agent)
        self.put_session(session)
        self.set_timer(LAPSE, session.agent, session.until)

    def put_session(self, session: Session) -> None:
        """Store a session as it is now."""
        self.sessions.put(session.id, to_document(session))

    def apply(self, agent: Agent, review: Review, at: datetime) -> None:
        """Forget the sessions that are over, with what was looked at in them; and look again when it is time."""
        self.put_viewers(each.left(at=at) for each in self.viewers_in(review.over))
        self.sessions.delete({"_id": {"$in": [each.id for each in review.over]}})
        self.keep(agent, agent.linked(review.look_again_at is not None), AgentDisconnected)
        self.cancel_timer(LAPSE, agent.id)
        if review.look_again_at is not None:
            self.set_timer(LAPSE, agent.id, review.look_again_at)

    def viewer(self, ticket: str, agent: str, session: str) -> Viewer | None:
        """What an agent's session did at a ticket."""
        row = self.viewers.get(viewer_id(ticket, agent, session))
        return None if row is None else from_document(Viewer, row)

    def put_viewers(self, viewers: Iterable[Viewer]) -> None:
        """Store viewers as they are now."""
        for each in viewers:
            self.viewers.put(each.id, to_document(each))

    def viewers_of(self, ticket: str, agent: str, session: str | None) -> list[Viewer]:
        """What an agent does at a ticket, in one session or in all."""
        of_session = {} if session is None else {"session": session}
        rows = self.viewers.find({"ticket": ticket, "agent": agent, "left_at": None} | of_session)
        return [from_document(Viewer, row) for row in rows]

    def viewers_at(self, ticket: str) -> list[Viewer]:
        """Who is or was at a ticket, the latest of them."""
        rows = self.viewers.find({"ticket": ticket}, sort=[("until", -1)], limit=MOST_VIEWERS)
        return [from_document(Viewer, row) for row in rows]

    def people_at(self, ticket: str) -> tuple[list[Viewer], dict[str, str]]:
        """Who is or was at a ticket, and the names of these agents."""
        viewers = self.viewers_at(ticket)
        return viewers, self.names({each.agent for each in viewers})

    def viewers_in(self, sessions: Iterable[Session]) -> list[Viewer]:
        """What was looked at in these sessions."""
        rows = self.viewers.find({"session": {"$in": [each.id for each in sessions]}})
        return [from_document(Viewer, row) for row in rows]
