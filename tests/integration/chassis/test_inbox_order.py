"""One event, one handler: the effect and the word that it was done are one transaction, in the handler's order."""

from concurrent.futures import ThreadPoolExecutor

from services.chassis.attempts import Outcome
from services.chassis.errors import Conflict
from services.chassis.subscriptions import EACH, LATEST, STRICT
from tests.probes.handlers import CONSUMER, Consumer, Owner, an_event, make_due


def test_an_event_that_comes_twice_has_its_effect_once(store):
    consumer = Consumer(store)

    outcomes = [consumer.hear(an_event()), consumer.hear(an_event())]

    assert (outcomes, consumer.words()) == ([Outcome.DONE, Outcome.SKIPPED], ["a 1"])


def test_an_event_that_comes_to_many_replicas_at_once_has_its_effect_once(store):
    consumer = Consumer(store)

    with ThreadPoolExecutor(8) as replicas:
        outcomes = list(replicas.map(lambda _: consumer.hear(an_event()), range(16)))

    assert (outcomes.count(Outcome.DONE), outcomes.count(Outcome.SKIPPED)) == (1, 15)
    assert consumer.words() == ["a 1"]


def test_a_done_row_keeps_no_event(store):
    consumer = Consumer(store)

    consumer.hear(an_event())

    row = consumer.row(an_event())
    assert (row["state"], row["subject"], row["sequence"]) == ("done", "a", 1)
    assert "event" not in row


def test_each_takes_events_in_any_order(store):
    consumer = Consumer(store, EACH)

    outcomes = [consumer.hear(an_event(sequence)) for sequence in (3, 1, 2)]

    assert (outcomes, consumer.words()) == ([Outcome.DONE] * 3, ["a 1", "a 2", "a 3"])


def test_latest_leaves_out_what_is_older_than_what_it_did(store):
    consumer = Consumer(store, LATEST)

    outcomes = [consumer.hear(an_event(sequence)) for sequence in (1, 3, 2, 4)]

    assert outcomes == [Outcome.DONE, Outcome.DONE, Outcome.SKIPPED, Outcome.DONE]
    assert consumer.words() == ["a 1", "a 3", "a 4"]


def test_latest_keeps_its_word_when_all_come_at_once(store):
    consumer = Consumer(store, LATEST)

    with ThreadPoolExecutor(8) as replicas:
        list(replicas.map(lambda sequence: consumer.hear(an_event(sequence)), range(1, 17)))

    assert consumer.inbox.done_so_far(CONSUMER, "a") == 16
    assert "a 16" in consumer.words()


def test_strict_keeps_an_early_event_until_its_predecessor_is_done(store):
    consumer = Consumer(store, STRICT)

    early = [consumer.hear(an_event(3)), consumer.hear(an_event(2))]
    consumer.hear(an_event(1))
    released = [consumer.take(), consumer.take(), consumer.take()]

    assert early == [Outcome.WAITING, Outcome.WAITING]
    assert released == [Outcome.DONE, Outcome.DONE, None]
    assert consumer.words() == ["a 1", "a 2", "a 3"]


def test_strict_counts_no_failure_for_waiting(store):
    consumer = Consumer(store, STRICT)
    consumer.hear(an_event(2))
    make_due(store)

    outcome = consumer.take()

    assert outcome is Outcome.WAITING
    assert consumer.row(an_event(2))["attempts"] == 0


def test_strict_does_one_subject_in_order_though_its_events_come_to_many_replicas_at_once(store):
    consumer = Consumer(store, STRICT)
    seen = []
    consumer.note = lambda reading: (store.notes.find({}), seen.append(reading.value))

    with ThreadPoolExecutor(8) as replicas:
        list(replicas.map(lambda sequence: consumer.hear(an_event(sequence)), range(12, 0, -1)))
    while consumer.inbox.done_so_far(CONSUMER, "a") < 12:
        make_due(store)
        while consumer.take():
            pass

    assert list(dict.fromkeys(seen)) == list(range(1, 13))


def test_strict_counts_what_it_does_not_read_as_done(store):
    consumer = Consumer(store, STRICT)

    outcomes = [consumer.hear(an_event(1, type="counter.renamed")), consumer.hear(an_event(2))]

    assert (outcomes, consumer.words()) == ([Outcome.DONE, Outcome.DONE], ["a 2"])


def test_strict_fetches_a_predecessor_that_never_came(store):
    consumer = Consumer(store, STRICT)
    consumer.owner = Owner(an_event(1), an_event(2))
    consumer.hear(an_event(3))
    make_due(store, waited_seconds=11)

    fetching = consumer.take()
    outcomes = [consumer.take(), consumer.take()]
    make_due(store)
    last = consumer.take()

    assert (fetching, outcomes, last) == (Outcome.WAITING, [Outcome.DONE, Outcome.DONE], Outcome.DONE)
    assert consumer.words() == ["a 1", "a 2", "a 3"]


def test_a_parked_strict_event_holds_back_its_own_subject_only(store):
    consumer = Consumer(store, STRICT, schedule=())
    consumer.error = Conflict("never")
    parked = consumer.hear(an_event(1))
    consumer.error = None

    outcomes = [consumer.hear(an_event(2)), consumer.hear(an_event(1, subject="b"))]

    assert (parked, outcomes) == (Outcome.PARKED, [Outcome.WAITING, Outcome.DONE])
    assert consumer.words() == ["b 1"]
