"""Tokens for the local stack; elsewhere an identity provider makes them."""

import time
from collections.abc import Sequence

import jwt

LIFETIME_SECONDS = 12 * 3600


def token(secret: str, subject: str, roles: Sequence[str], name: str = "") -> str:
    """A signed token, good for twelve hours."""
    claims = {"sub": subject, "name": name or subject, "roles": list(roles), "exp": int(time.time()) + LIFETIME_SECONDS}
    return jwt.encode(claims, secret, algorithm="HS256")
