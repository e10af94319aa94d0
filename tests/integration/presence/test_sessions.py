"""Sessions: connected is who has a lease that did not run out."""

from datetime import timedelta

import pytest

from services.chassis.clock import now
from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.chassis.ids import new_id
from services.presence.domain.leases import LEASE
from tests.integration.presence.person import Person
from tests.waiting import eventually

CONNECTED = ["agent.created", "agent.connected"]


def run_out(person: Person, *sessions: str) -> None:
    """As if nobody had renewed these sessions for a lease, and somebody looked at them now."""
    database = person.house.database("presence")
    database["sessions"].update_many({"_id": {"$in": sessions}}, {"$set": {"until": now() - timedelta(seconds=1)}})
    looked = database["timers"].update_one({"_id": f"lapse|{person.id}"}, {"$set": {"due_at": now()}})
    assert looked.matched_count == 1


def writable_since(person: Person, ago: timedelta) -> None:
    """As if the store had been writable for so long."""
    person.house.database("presence")["pulses"].update_one({"_id": "pulse"}, {"$set": {"since": now() - ago}})


def looked_again(person: Person):
    """When somebody looks at the agent's sessions next, once that is not now."""
    timers = person.house.database("presence")["timers"]
    later = {"_id": f"lapse|{person.id}", "due_at": {"$gt": now() + timedelta(seconds=2)}}
    return eventually(lambda: timers.find_one(later))["due_at"]


@pytest.mark.requirement("N9")
def test_a_session_connects_its_agent_until_it_ends(somebody: Person):
    first, second = somebody.open(), somebody.open()
    connected = somebody.entry()["connected"]

    somebody.ask("end_session", id=first)
    still = somebody.entry()["connected"]
    somebody.ask("end_session", id=second)

    assert (connected, still, somebody.entry()["connected"]) == (True, True, False)
    assert somebody.history() == [*CONNECTED, "agent.disconnected"]


def test_a_session_says_how_long_it_lives(somebody: Person):
    opened = somebody.ask("open_session")

    assert opened["lease"] == "PT30S"
    assert somebody.ask("renew_session", id=opened["id"]) == opened


@pytest.mark.requirement("N9")
@pytest.mark.requirement("R05")
def test_who_does_not_renew_is_disconnected_and_keeps_what_they_chose(somebody: Person):
    session = somebody.open()
    somebody.ask("set_state", state="ready")
    writable_since(somebody, 2 * LEASE)

    run_out(somebody, session)

    eventually(lambda: not somebody.entry()["connected"])
    assert somebody.entry()["state"] == "ready"
    assert somebody.history() == [*CONNECTED, "agent.state_changed", "agent.disconnected"]
    with pytest.raises(NotFound):
        somebody.ask("renew_session", id=session)


@pytest.mark.requirement("N9")
def test_one_session_that_ran_out_does_not_disconnect_who_has_another(somebody: Person):
    old, new = somebody.open(), somebody.open()
    writable_since(somebody, 2 * LEASE)

    run_out(somebody, old)

    looked_again(somebody)
    with pytest.raises(NotFound):
        somebody.ask("renew_session", id=old)
    assert somebody.ask("renew_session", id=new)["id"] == new
    assert somebody.history() == CONNECTED


@pytest.mark.requirement("N9")
def test_nobody_is_gone_until_the_store_was_writable_for_one_whole_lease(somebody: Person):
    session = somebody.open()
    back = timedelta(seconds=5)
    writable_since(somebody, back)

    run_out(somebody, session)

    assert looked_again(somebody) > now() + LEASE - 3 * back
    assert somebody.ask("renew_session", id=session)["id"] == session
    assert somebody.history() == CONNECTED


def test_the_pulse_beats_by_itself(somebody: Person):
    somebody.open()
    pulses = somebody.house.database("presence")["pulses"]
    last = pulses.find_one({"_id": "pulse"})["last"]

    assert eventually(lambda: pulses.find_one({"_id": "pulse"})["last"] > last, within=20)


def test_a_session_is_its_agents_own(somebody: Person, somebody_else: Person):
    session = somebody.open()

    for method in ("renew_session", "end_session"):
        with pytest.raises(NotFound):
            somebody_else.ask(method, id=session)

    assert somebody.entry()["connected"]


@pytest.mark.parametrize(("method", "args"), [("open_session", {}), ("set_state", {"state": "ready"})])
def test_who_comes_for_the_first_time_is_entered_at_once(house, method, args):
    newcomer = Actor(kind="agent", id=new_id().lower(), name="New", roles=("agent",))

    house.ask("presence", method, by=newcomer, **args)

    assert house.ask("presence", "get_agent", by=newcomer, id=newcomer.id)["name"] == "New"


def test_who_is_no_agent_opens_no_session(house):
    machine = Actor(kind="service", id=new_id().lower(), roles=("service",))

    with pytest.raises(NotFound):
        house.ask("presence", "open_session", by=machine)
