"""The MADOGUCHI_* variables that every process of the local stack is given."""

import os
from collections.abc import Mapping

from deploy.local.broker import Broker, BrokerPorts
from deploy.local.database import Database
from deploy.local.home import Home
from deploy.local.ports import LOOPBACK
from deploy.local.programs import PROJECT, SERVICES
from deploy.local.settings import StackSettings
from services.chassis.settings import PREFIX


def database_of(home: Home) -> Database:
    return Database(home.path / "mongod", home.port("mongod"))


def broker_of(home: Home) -> Broker:
    ports = BrokerPorts(home.port("broker"), home.port("broker-distribution"), home.port("epmd"))
    return Broker(home.path / "broker", ports)


def variables(settings: StackSettings, home: Home, given: Mapping[str, str]) -> dict[str, str]:
    """By name: those that were given, and what they leave open, which points to the stack's own instances."""
    own = _own(settings, home)
    others = (name for name in given if name.startswith(PREFIX) and name.removesuffix("_FILE") not in own)
    return {name: given[name] for name in others} | own


def _own(settings: StackSettings, home: Home) -> dict[str, str]:
    return {
        "MADOGUCHI_HOME": str(home.path),
        "MADOGUCHI_INSTALLATION": "local",
        "MADOGUCHI_MONGODB_URI": settings.mongodb_uri or database_of(home).uri,
        "MADOGUCHI_AMQP_URI": settings.amqp_uri or broker_of(home).uri,
        "MADOGUCHI_HTTP_PORT": str(settings.http_port),
        "MADOGUCHI_SMTP_PORT": str(settings.smtp_port),
        "MADOGUCHI_SMTP_URL": settings.smtp_url or f"smtp://{LOOPBACK}:{home.port('catcher')}",
        "MADOGUCHI_TOKEN_SECRET": settings.token_secret or home.secret("token"),
        **_who_makes_tokens(settings, home),
        **{f"MADOGUCHI_{service.upper()}_URL": _process_url(home, service) for service in SERVICES},
    }


def process_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The machine's own environment, with these variables in the place of all others of ours."""
    machine = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**machine, **variables, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"}


def write_environment(home: Home, environment: Mapping[str, str]) -> None:
    """For those who want to speak to the running stack; readable by its owner alone, since it has secrets."""
    home.environment_file.touch(mode=0o600)
    home.environment_file.write_text("".join(f"{name}={value}\n" for name, value in environment.items()))


def _who_makes_tokens(settings: StackSettings, home: Home) -> dict[str, str]:
    if settings.jwks_url:
        return {"MADOGUCHI_JWKS_URL": settings.jwks_url}
    return {"MADOGUCHI_JWT_SECRET": settings.jwt_secret or home.secret("jwt")}


def _process_url(home: Home, service: str) -> str:
    return f"http://{LOOPBACK}:{home.port(f'{service}-health')}"
