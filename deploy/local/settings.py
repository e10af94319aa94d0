"""What may be said about the local stack from outside."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class StackSettings:
    """Where it lives and listens; a URI that is given points to something that runs elsewhere."""

    home: Path = Path(".local")
    http_port: int = 8000
    smtp_port: int = 2525
    mongodb_uri: str | None = None
    amqp_uri: str | None = None
    smtp_url: str | None = None
    jwt_secret: str | None = None
    jwks_url: str | None = None
    token_secret: str | None = None
