"""A lease has one holder, expires by the database's clock, and its fence only rises."""

from concurrent.futures import ThreadPoolExecutor

from services.chassis.leases import Lease
from tests.waiting import eventually


def test_one_of_many_gets_it(database):
    leases = [Lease(database, "relay", f"owner{number}") for number in range(12)]

    with ThreadPoolExecutor(12) as pool:
        fences = list(pool.map(Lease.acquire, leases))

    assert sorted(fence for fence in fences if fence) == [1]


def test_its_holder_keeps_it_by_renewing(database):
    mine = Lease(database, "relay", "me")
    mine.acquire()

    assert mine.renew()
    assert Lease(database, "relay", "you").acquire() is None


def test_a_lease_that_was_let_go_is_free_at_once_under_a_higher_fence(database):
    mine, yours = Lease(database, "relay", "me"), Lease(database, "relay", "you")
    first = mine.acquire()
    mine.release()

    assert yours.acquire() > first
    assert mine.renew() is False


def test_who_slept_past_the_end_has_lost_it(database):
    sleeper, other = Lease(database, "relay", "me", seconds=0.2), Lease(database, "relay", "you")
    sleeper.acquire()

    eventually(other.acquire)

    assert sleeper.renew() is False
    sleeper.release()
    assert other.renew() is True
