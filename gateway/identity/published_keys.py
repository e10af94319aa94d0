"""The public keys of an identity provider: a JSON Web Key Set (RFC 7517) read over HTTP, and read again when due."""

import json
import logging
from threading import Lock
from time import monotonic
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import jwt

from services.chassis.errors import Unauthenticated, Unavailable

TIMEOUT_SECONDS = 2.0
FRESH_SECONDS = 300.0
PAUSE_SECONDS = 10.0  # a made-up key id must not make us ask without end
MAX_BYTES = 1 << 20

log = logging.getLogger(__name__)


class PublishedKeys:
    """The keys at `url`, by their key id. Keys once read count on while the provider does not answer."""

    algorithms: tuple[str, ...] = ("RS256", "ES256")

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: dict[str | None, jwt.PyJWK] = {}
        self._read_at = self._asked_at = float("-inf")
        self._lock = Lock()

    def key_for(self, token: str) -> jwt.PyJWK:
        """The key that the token names. Raises Unauthenticated, or Unavailable while no key was ever read."""
        kid = jwt.get_unverified_header(token).get("kid")
        if kid not in self._keys or monotonic() - self._read_at > FRESH_SECONDS:
            self._read_again()
        if not self._keys:
            raise Unavailable("The keys for tokens cannot be read now.")
        if kid is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        if kid not in self._keys:
            raise Unauthenticated("The token is signed with a key that is not known here.")
        return self._keys[kid]

    def _read_again(self) -> None:
        with self._lock:
            if monotonic() - self._asked_at < PAUSE_SECONDS:
                return
            self._asked_at = monotonic()
            try:
                with urlopen(self._url, timeout=TIMEOUT_SECONDS) as answer:
                    self._keys = usable(json.loads(answer.read(MAX_BYTES)))
                self._read_at = monotonic()
            except (URLError, OSError, ValueError, RecursionError) as error:
                log.warning("The keys for tokens cannot be read from %s: %s", self._url, error)


def usable(key_set: Any) -> dict[str | None, jwt.PyJWK]:
    """The keys of the set that can verify an RS256 or ES256 signature. Raises ValueError where there is no set."""
    if not isinstance(key_set, dict) or not isinstance(key_set.get("keys"), list):
        raise ValueError("it is not a key set")
    keys = {}
    for each in key_set["keys"]:
        if _fits(each):
            try:
                keys[each.get("kid")] = jwt.PyJWK(each)
            except jwt.PyJWTError as error:
                log.warning("The key %s for tokens is broken: %s", each.get("kid"), error)
    return keys


def _fits(key: Any) -> bool:
    return (
        isinstance(key, dict)
        and (key.get("kty"), key.get("alg")) in {("RSA", None), ("RSA", "RS256"), ("EC", None), ("EC", "ES256")}
        and key.get("use", "sig") == "sig"
        and key.get("crv", "P-256") == "P-256"
    )
