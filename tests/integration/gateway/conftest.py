"""A gateway process of its own for each module that asks for one."""

from collections.abc import Iterator

import pytest

from tests.probes.gateways import Client, running


@pytest.fixture(scope="module")
def window() -> Iterator[Client]:
    """The probe's routes over a real socket."""
    with running("tests.probes.window") as gateway:
        gateway.wait_up()
        yield gateway.client
