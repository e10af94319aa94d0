import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from gateway.identity import published_keys
from gateway.identity.published_keys import PublishedKeys, usable
from gateway.identity.tokens import Tokens
from services.chassis.errors import Unauthenticated, Unavailable

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)

RSA_KEY = {**RSAAlgorithm.to_jwk(RSA.public_key(), as_dict=True), "kid": "r", "use": "sig"}
EC_KEY = {**ECAlgorithm.to_jwk(EC.public_key(), as_dict=True), "kid": "e"}


class Provider(ThreadingHTTPServer):
    """Publishes `keys`, and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.keys = [RSA_KEY, EC_KEY]
        self.asked = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/keys"


class Answer(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self.server.asked += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"keys": self.server.keys}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def signed(key: object, algorithm: str, kid: str | None) -> str:
    claims = {"sub": "alice", "name": "Alice", "roles": ["agent"], "exp": time.time() + 60}
    return "Bearer " + jwt.encode(claims, key, algorithm, {"kid": kid} if kid else None)


def subject(tokens: Tokens, header: str) -> str:
    return tokens.actor(header, time.time()).id


@pytest.mark.parametrize(("key", "algorithm", "kid"), [(RSA, "RS256", "r"), (EC, "ES256", "e")])
def test_a_token_signed_with_a_published_key_counts(provider, key, algorithm, kid):
    tokens = Tokens(PublishedKeys(provider.url))

    assert subject(tokens, signed(key, algorithm, kid)) == "alice"


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(signed(STRANGER, "RS256", "r"), id="another's key under a known name"),
        pytest.param(signed(STRANGER, "RS256", "s"), id="an unknown key"),
        pytest.param(signed(RSA, "RS256", None), id="no key named, and two published"),
        pytest.param(signed(RSA, "RS512", "r"), id="another algorithm"),
        pytest.param(signed(EC, "ES256", "r"), id="a key of another type"),
        pytest.param(signed(RSA_KEY["n"], "HS256", "r"), id="the public key as a secret"),
    ],
)
def test_any_other_signature_is_refused(provider, header):
    with pytest.raises(Unauthenticated):
        subject(Tokens(PublishedKeys(provider.url)), header)


def test_a_new_key_is_found_when_it_is_named(provider, monkeypatch):
    monkeypatch.setattr(published_keys, "PAUSE_SECONDS", 0)
    tokens = Tokens(PublishedKeys(provider.url))
    provider.keys = [RSA_KEY]
    subject(tokens, signed(RSA, "RS256", "r"))
    provider.keys = [EC_KEY]

    assert subject(tokens, signed(EC, "ES256", "e")) == "alice"


def test_made_up_keys_do_not_make_us_ask_without_end(provider):
    tokens = Tokens(PublishedKeys(provider.url))
    for number in range(20):
        with pytest.raises(Unauthenticated):
            subject(tokens, signed(STRANGER, "RS256", f"made up {number}"))

    assert provider.asked == 1


def test_nobody_can_say_who_calls_while_no_key_was_ever_read():
    with pytest.raises(Unavailable):
        subject(Tokens(PublishedKeys("http://127.0.0.1:9/keys")), signed(RSA, "RS256", "r"))


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "o"},
        {**RSA_KEY, "alg": "none"},
        {**RSA_KEY, "alg": "RS512"},
        {**RSA_KEY, "use": "enc"},
        {**EC_KEY, "crv": "P-521"},
        {"kty": "RSA", "kid": "broken"},
        "no key",
    ],
)
def test_keys_for_anything_else_are_left_out(key):
    assert usable({"keys": [key]}) == {}
