"""How presence asks its database."""

from collections.abc import Iterator

import pytest

from services.chassis import context
from services.chassis.context import Call
from services.chassis.settings import Settings
from services.chassis.store import Database, connect, prepare, run_unit
from services.presence.domain.agent import Agent
from services.presence.domain.leases import Session, review
from services.presence.domain.viewers import Activity, Viewer, monitor
from services.presence.events import AgentUpdated
from services.presence.store import PresenceStore
from tests.probes.plans import costly, recorded
from tests.unit.presence.factories import NOW, beating


@pytest.fixture
def database(mongodb_uri: str, database_name: str) -> Iterator[Database]:
    """The database of presence, with its indexes; there is no broker."""
    settings = Settings(mongodb_uri=mongodb_uri, amqp_uri="amqp://127.0.0.1:1", database_prefix=database_name)
    database = connect(settings, "presence")
    prepare(database, PresenceStore)
    yield database
    database.client.close()


def within(store, work):
    call = Call.begin(seconds=10)
    with context.using(call):
        return run_unit(store.database, call, work)


def fill(store: PresenceStore) -> None:
    """One agent in one session at one ticket."""
    agent = within(store, lambda: store.keep(None, Agent.entered("alice", name="Alice", at=NOW), AgentUpdated))
    session = Session.open("s1", agent.id, at=NOW)
    within(store, lambda: store.open_session(session))
    within(store, lambda: store.put_viewers([Viewer.enter("T1", "alice", "s1", Activity.VIEWING, at=NOW)]))
    within(store, lambda: store.start_pulse(NOW))


def ask_everything(database: Database) -> None:
    """Every question that presence puts to its database, once."""
    store = PresenceStore(database)
    store.page(store.agents, {}, sort=[("_id", 1)], limit=10, cursor=None)
    monitor(*store.people_at("T1"), store.pulse(NOW), NOW)
    store.viewer("T1", "alice", "s1")
    store.viewers_of("T1", "alice", None)
    store.viewers_of("T1", "alice", "s1")
    session, agent = store.session("s1", "alice"), store.agents.get("alice")
    within(store, lambda: store.put_session(session.renewed(at=NOW)))
    within(store, lambda: store.keep_pulse(store.pulse(NOW).beat(NOW)))
    within(store, lambda: store.apply(agent, review(store.sessions_of("alice"), beating(), NOW, ended="s1"), NOW))


def test_no_question_reads_a_whole_collection_or_sorts_in_memory(database: Database, mongodb_uri: str):
    fill(PresenceStore(database))

    asked = recorded(mongodb_uri, database.name, ask_everything)

    assert len(asked) > 15
    assert [command for command in asked if costly(database, command)] == []
