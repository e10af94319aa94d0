import pytest

from services.chassis.ids import new_id
from tests.integration.gateway.conftest import a_street
from tests.integration.gateway.test_conventions import problem_of
from tests.waiting import eventually


@pytest.fixture
def street(mongodb_uri, database_name, own_broker, tmp_path):
    """A gateway and services on a broker that may be stopped and blocked."""
    with a_street(mongodb_uri, own_broker.create_vhost(new_id().lower()), database_name, tmp_path) as street:
        street.wait_served()
        yield street


def test_without_its_broker_the_gateway_says_so_and_serves_again_by_itself(street, own_broker):
    own_broker.stop()
    refused = street.client.get("/v1/desks", timeout=5)
    alive, ready = street.client.get("/healthz"), street.client.get("/readyz")
    own_broker.start()

    assert problem_of(refused) == (503, "unavailable")
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert ready.json()["checks"]["broker"] != "ok"
    assert eventually(lambda: street.client.post("/v1/desks", json={"id": new_id().lower()}).ok, within=40)


def test_a_broker_that_takes_nothing_is_unavailable_and_not_waited_for(street, own_broker):
    own_broker.memory_alarm(True)
    refused = street.client.get("/v1/desks", timeout=5)
    own_broker.memory_alarm(False)

    assert problem_of(refused) == (503, "unavailable")
    assert eventually(lambda: street.client.get("/v1/desks").ok, within=20)
