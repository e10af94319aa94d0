"""What the gateway needs to know."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from gateway.identity.published_keys import PublishedKeys
from gateway.identity.tokens import Keys, SharedSecret, Tokens
from services.chassis.settings import WrongSetting

MIN_SECRET_BYTES = 32  # RFC 7518, 3.2: a key at least as long as the hash


@dataclass(frozen=True, kw_only=True)
class GatewaySettings:
    """The address to serve, the bus behind it, and who makes the tokens. `http_workers` requests are served at once."""

    amqp_uri: str
    http_host: str = "127.0.0.1"
    http_port: int = 8000
    http_workers: int = 200
    http_connections: int = 2000
    jwt_secret: str | None = field(default=None, repr=False)
    jwks_url: str | None = None
    jwt_audience: str | None = None
    jwt_issuer: str | None = None
    log_level: str = "INFO"

    def tokens(self) -> Tokens:
        """The judge of tokens. Raises WrongSetting where nobody could say which tokens count."""
        return Tokens(self.keys(), audience=self.jwt_audience, issuer=self.jwt_issuer)

    def keys(self) -> Keys:
        """Where the keys for tokens come from. Raises WrongSetting."""
        if self.jwt_secret and self.jwks_url:
            raise WrongSetting("MADOGUCHI_JWT_SECRET and MADOGUCHI_JWKS_URL are both set; only one may count.")
        if self.jwt_secret:
            return _shared(self.jwt_secret)
        if self.jwks_url:
            return _published(self.jwks_url)
        raise WrongSetting("Neither MADOGUCHI_JWT_SECRET nor MADOGUCHI_JWKS_URL is set; one must say who may call.")


def _published(url: str) -> PublishedKeys:
    if urlsplit(url).scheme not in ("http", "https"):
        raise WrongSetting(f"MADOGUCHI_JWKS_URL is {url!r}, which is wrong: it must be an http or https address.")
    return PublishedKeys(url)


def _shared(secret: str) -> SharedSecret:
    if len(secret.encode()) < MIN_SECRET_BYTES:
        raise WrongSetting(f"MADOGUCHI_JWT_SECRET is too short: it needs at least {MIN_SECRET_BYTES} bytes.")
    return SharedSecret(secret)
