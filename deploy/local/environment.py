"""The MADOGUCHI_* variables that every process of the local stack is given."""

from collections.abc import Mapping

from deploy.local.broker import Broker, BrokerPorts
from deploy.local.database import Database
from deploy.local.home import Home
from deploy.local.ports import LOOPBACK
from deploy.local.programs import SERVICES
from deploy.local.settings import StackSettings


def database_of(home: Home) -> Database:
    return Database(home.path / "mongod", home.port("mongod"))


def broker_of(home: Home) -> Broker:
    ports = BrokerPorts(home.port("broker"), home.port("broker-distribution"), home.port("epmd"))
    return Broker(home.path / "broker", ports)


def variables(settings: StackSettings, home: Home) -> dict[str, str]:
    """By name; what the settings leave open points to the stack's own instances."""
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
