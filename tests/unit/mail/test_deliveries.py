"""A delivery ends honestly, and nobody sends again blindly."""

from datetime import timedelta

import pytest

from services.chassis.errors import Conflict
from services.mail.domain.deliveries import DeliveryState, Outcome
from tests.unit.mail.factories import AT, a_delivery


def test_a_server_that_is_away_is_tried_again_with_growing_pauses():
    delivery, pauses = a_delivery(), []

    for _ in range(12):
        delivery = delivery.put_off("away", at=AT)
        pauses.append(delivery.next_at - AT)

    assert delivery.state is DeliveryState.DEFERRED
    assert pauses[0] == timedelta(seconds=30)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=4)


def test_after_five_days_it_fails_visibly():
    delivery = a_delivery().put_off("away", at=AT + timedelta(days=5))

    assert delivery.state is DeliveryState.FAILED
    assert delivery.last_error == "Given up after 5 days: away"


def test_an_attempt_counts_once_whether_or_not_it_came_to_the_content():
    assert a_delivery().put_off("away", at=AT).attempts == 1
    assert a_delivery().hand_over().put_off("4xx", at=AT).attempts == 1
    assert a_delivery().hand_over().accepted().attempts == 1


@pytest.mark.requirement("N4")
@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.SENT, DeliveryState.SENT),
        (Outcome.FAILED, DeliveryState.FAILED),
        (Outcome.SEND_AGAIN, DeliveryState.QUEUED),
    ],
)
def test_a_person_resolves_what_nobody_knows(outcome, state):
    unknown = a_delivery().hand_over().unclear("lost")

    assert unknown.resolve(outcome, "asked them", at=AT).state is state


def test_only_what_nobody_knows_is_resolved_by_a_person():
    with pytest.raises(Conflict):
        a_delivery().resolve(Outcome.SEND_AGAIN, "why not", at=AT)
