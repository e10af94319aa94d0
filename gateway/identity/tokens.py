"""Who a bearer token says is calling (RFC 6750, RFC 7519)."""

from dataclasses import dataclass
from math import isfinite
from typing import Any, Protocol, TypeGuard

import jwt

from services.chassis.context import Actor
from services.chassis.errors import Unauthenticated

ROLES = ("agent", "lead", "admin", "service")
MAX_NAME = 255
REMEMBERED = 4096
REMEMBERED_SECONDS = 60


class Keys(Protocol):
    """Where the keys come from that a token may be signed with."""

    @property
    def algorithms(self) -> tuple[str, ...]:
        """The only ones that count."""

    def key_for(self, token: str) -> Any:
        """The key for this token. Raises Unauthenticated where none fits, Unavailable where nobody can say."""


@dataclass(frozen=True)
class SharedSecret:
    """One secret that whoever makes tokens shares with us."""

    secret: str
    algorithms: tuple[str, ...] = ("HS256",)

    def key_for(self, token: str) -> str:
        """The secret; every token is measured by it."""
        return self.secret


@dataclass(frozen=True)
class Claims:
    """What a token says once its signature holds."""

    actor: Actor
    expires: float
    begins: float

    @classmethod
    def read(cls, payload: dict[str, Any]) -> "Claims":
        """The claims, each of its type. Raises Unauthenticated."""
        subject, name, roles = payload.get("sub"), payload.get("name"), payload.get("roles")
        if not _is_name(subject) or not _is_name(name):
            raise Unauthenticated("The token needs the claims sub and name, both text of 1 to 255 characters.")
        if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
            raise Unauthenticated("The token needs the claim roles, a list of text.")
        expires, begins = payload.get("exp"), payload.get("nbf", 0)
        if not _is_instant(expires) or not _is_instant(begins):
            raise Unauthenticated("The token needs the claim exp, in seconds since 1970.")
        return cls(_actor(subject, name, roles), expires, begins)

    def check(self, now: float) -> None:
        """Raises Unauthenticated outside of the time for which the token was made."""
        if self.expires <= now:
            raise Unauthenticated("The token has expired.")
        if self.begins > now:
            raise Unauthenticated("The token is not valid yet.")


class Tokens:
    """Verifies tokens, and remembers for a minute those that it found good."""

    def __init__(self, keys: Keys, *, audience: str | None = None, issuer: str | None = None) -> None:
        self._keys = keys
        self._audience = audience
        self._issuer = issuer
        self._remembered: dict[str, tuple[Claims, float]] = {}

    def actor(self, authorization: str | None, now: float) -> Actor:
        """Who is calling at `now`, in seconds since 1970. Raises Unauthenticated, or Unavailable without any key."""
        token = bearer(authorization)
        claims, until = self._remembered.get(token, (None, 0.0))
        if claims is None or until <= now:
            claims = Claims.read(self._verified(token))
            self._remember(token, claims, now)
        claims.check(now)
        return claims.actor

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            payload: dict[str, Any] = jwt.decode(
                token,
                self._keys.key_for(token),
                algorithms=list(self._keys.algorithms),
                audience=self._audience,
                issuer=self._issuer,
                options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},  # Claims knows the clock
            )
        except (jwt.PyJWTError, RecursionError, UnicodeError):
            raise Unauthenticated("The token is not one that counts here.") from None
        return payload

    def _remember(self, token: str, claims: Claims, now: float) -> None:
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        self._remembered[token] = claims, now + REMEMBERED_SECONDS


def bearer(authorization: str | None) -> str:
    """The token of an Authorization header. Raises Unauthenticated."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("This needs a token: `Authorization: Bearer ...`.")
    return token.strip()


def _actor(subject: str, name: str, roles: list[str]) -> Actor:
    known = tuple(role for role in ROLES if role in roles)
    kind = "service" if "service" in known and "agent" not in known else "agent"
    return Actor(kind=kind, id=subject, name=name, roles=known)


def _is_name(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= MAX_NAME and value.isprintable() and value == value.strip()


def _is_instant(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
