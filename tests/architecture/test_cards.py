"""The card of a service says what its code does."""

import pytest

from services.chassis.commands import offered
from services.chassis.service_class import service_class
from services.chassis.subscriptions.subscription import heard
from tests.architecture.house import SERVICES, card, events


@pytest.mark.parametrize("service", SERVICES)
def test_the_card_lists_what_a_service_offers(service: str) -> None:
    assert card(service)["Offers"] == sorted(offered(service_class(service)))


@pytest.mark.parametrize("service", SERVICES)
def test_the_card_lists_what_a_service_publishes(service: str) -> None:
    assert card(service)["Publishes"] == sorted(events(service))


@pytest.mark.parametrize("service", SERVICES)
def test_the_card_lists_what_a_service_listens_to(service: str) -> None:
    assert card(service).get("Listens", []) == heard(service_class(service))


@pytest.mark.parametrize("service", SERVICES)
def test_the_card_lists_what_a_service_owns(service: str) -> None:
    assert card(service)["Owns"]
