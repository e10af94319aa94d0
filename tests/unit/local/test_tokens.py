"""Tokens of the local stack."""

import time

import jwt

from deploy.local.tokens import token

SECRET = "a secret of at least thirty-two bytes"


def test_a_token_says_who_and_for_how_long() -> None:
    made = token(SECRET, "alice", ["agent", "lead"], "Alice")

    claims = jwt.decode(made, SECRET, algorithms=["HS256"])
    assert (claims["sub"], claims["name"], claims["roles"]) == ("alice", "Alice", ["agent", "lead"])
    assert 11 * 3600 < claims["exp"] - time.time() <= 12 * 3600


def test_who_has_no_name_is_called_by_the_subject() -> None:
    assert jwt.decode(token(SECRET, "alice", []), SECRET, algorithms=["HS256"])["name"] == "alice"
