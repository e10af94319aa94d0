"""Relay processes for the probe, on a virtual host and a database of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.chassis.settings import Settings
from tests.probes.relays import RelayProcess


@pytest.fixture
def settings(mongodb_uri: str, amqp_uri: str, database_name: str) -> Settings:
    """Settings with a broker."""
    return Settings(mongodb_uri=mongodb_uri, amqp_uri=amqp_uri, database_prefix=database_name)


@pytest.fixture
def start_relay(settings: Settings, tmp_path: Path) -> Iterator[Callable[..., RelayProcess]]:
    """Starts a relay, `crash_at` a point; all are gone when the test is over."""
    started: list[RelayProcess] = []

    def start(crash_at: str = "") -> RelayProcess:
        started.append(RelayProcess(settings, tmp_path / f"relay-{len(started)}.log", crash_at))
        return started[-1]

    yield start
    for relay in started:
        relay.kill()
