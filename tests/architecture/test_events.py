"""What one service reads of an event, another one writes."""

from collections.abc import Iterator
from dataclasses import fields

import pytest

from services.chassis.events import Event
from services.chassis.service_class import service_class
from services.chassis.subscriptions.subscription import Subscription, subscriptions_of
from tests.architecture.house import SERVICES, events

ADDED_BY_THE_LOG = {"cascade"}


def subscriptions() -> Iterator[tuple[str, Subscription]]:
    for service in SERVICES:
        for each in subscriptions_of(service_class(service)):
            yield service, each


def test_every_consumed_event_is_published_by_its_source() -> None:
    heard = {(service, each.source, type_) for service, each in subscriptions() for type_ in each.types}

    assert heard
    assert {each for each in heard if each[2] not in events(each[1])} == set()


def test_every_field_that_must_be_there_is_in_each_event_that_is_read() -> None:
    missing = {
        (service, type_, name)
        for service, each in subscriptions()
        for type_ in each.types
        for name, required in read_fields(each).items()
        if required and name not in written_fields(events(each.source)[type_])
    }

    assert missing == set()


def test_every_field_that_may_be_missing_is_in_one_of_the_events_that_are_read() -> None:
    never_written = {
        (service, each.types, name)
        for service, each in subscriptions()
        for name in read_fields(each)
        if not any(name in written_fields(events(each.source)[type_]) for type_ in each.types)
    }

    assert never_written == set()


@pytest.mark.parametrize("service", SERVICES)
def test_an_event_is_described_and_has_an_example(service: str) -> None:
    undescribed = [type_ for type_, event in events(service).items() if not (event.__doc__ and event.example)]

    assert undescribed == []


def read_fields(subscription: Subscription) -> dict[str, bool]:
    """The members of `data` that a subscription reads: whether each is required."""
    if subscription.reads is None:
        return {}
    return {field.data_key or name: field.required for name, field in subscription.reads().fields.items()}


def written_fields(event: type[Event]) -> set[str]:
    return {each.name for each in fields(event)} - {"subject"} | ADDED_BY_THE_LOG
