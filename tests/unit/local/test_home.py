"""What the folder of a local stack remembers."""

import socket
from pathlib import Path

import pytest

from deploy.local.home import AlreadyRunning, Home


def test_a_port_once_chosen_stays(tmp_path: Path) -> None:
    chosen = Home(tmp_path).port("broker")

    assert Home(tmp_path).port("broker") == chosen


def test_ports_that_others_have_taken_are_chosen_again_but_for_the_databases(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with (
        socket.create_server(("127.0.0.1", home.port("mongod"))),
        socket.create_server(("127.0.0.1", home.port("catcher"))) as taken,
    ):
        kept = home.port("mongod")
        home.forget_taken_ports(but="mongod")

        assert home.port("mongod") == kept
        assert home.port("catcher") != taken.getsockname()[1]


def test_a_secret_once_made_stays_and_is_not_for_others(tmp_path: Path) -> None:
    made = Home(tmp_path).secret("jwt")

    assert Home(tmp_path).secret("jwt") == made
    assert Home(tmp_path).secret("token") != made
    assert (tmp_path / "remembered.json").stat().st_mode & 0o077 == 0


def test_a_folder_has_one_holder(tmp_path: Path) -> None:
    with Home(tmp_path).locked(), pytest.raises(AlreadyRunning, match="make down"), Home(tmp_path).locked():
        pass

    assert not Home(tmp_path).is_held()
