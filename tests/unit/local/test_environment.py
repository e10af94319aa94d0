"""What the processes of the local stack are told."""

from pathlib import Path

import pytest

from deploy.local.environment import process_environment, variables
from deploy.local.home import Home
from deploy.local.settings import StackSettings


def test_what_is_not_given_points_to_instances_of_its_own(tmp_path: Path) -> None:
    told = variables(StackSettings(), Home(tmp_path), {})

    assert told["MADOGUCHI_MONGODB_URI"].startswith("mongodb://127.0.0.1:")
    assert told["MADOGUCHI_AMQP_URI"].startswith("amqp://guest:guest@127.0.0.1:")
    assert told["MADOGUCHI_SMTP_URL"].startswith("smtp://127.0.0.1:")


def test_what_is_given_is_passed_on(tmp_path: Path) -> None:
    given = {"MADOGUCHI_DATABASE_PREFIX": "other", "PATH": "/bin"}

    told = variables(StackSettings(amqp_uri="amqp://elsewhere/"), Home(tmp_path), given)

    assert (told["MADOGUCHI_AMQP_URI"], told["MADOGUCHI_DATABASE_PREFIX"]) == ("amqp://elsewhere/", "other")
    assert "PATH" not in told


def test_tokens_come_from_a_secret_or_from_published_keys_never_both(tmp_path: Path) -> None:
    home = Home(tmp_path)

    assert "MADOGUCHI_JWKS_URL" not in variables(StackSettings(), home, {})
    assert "MADOGUCHI_JWT_SECRET" not in variables(StackSettings(jwks_url="https://keys/"), home, {})


def test_a_process_gets_no_variable_of_ours_but_those_of_its_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_JWT_SECRET_FILE", "/elsewhere")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")

    environment = process_environment({"MADOGUCHI_JWT_SECRET": "of the stack"})

    assert {name for name in environment if name.startswith("MADOGUCHI_")} == {"MADOGUCHI_JWT_SECRET"}
    assert environment["LANG"] == "ja_JP.UTF-8"
