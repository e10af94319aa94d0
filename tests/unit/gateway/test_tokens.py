import base64
import json

import jwt
import pytest

from gateway.identity.tokens import SharedSecret, Tokens
from services.chassis.errors import Unauthenticated

SECRET = "a secret of at least thirty-two bytes"
NOW = 1_800_000_000.0
GOOD = {"sub": "alice", "name": "Alice", "roles": ["agent", "lead"], "exp": NOW + 60}


def a_token(secret: str = SECRET, algorithm: str = "HS256", **claims: object) -> str:
    payload = {name: value for name, value in (GOOD | claims).items() if value is not None}
    return jwt.encode(payload, secret, algorithm)


def segment(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def who(token: str, now: float = NOW):
    return Tokens(SharedSecret(SECRET)).actor(f"Bearer {token}", now)


def test_a_good_token_says_who_is_calling():
    actor = who(a_token())

    assert (actor.kind, actor.id, actor.name, actor.roles) == ("agent", "alice", "Alice", ("agent", "lead"))


@pytest.mark.parametrize(
    ("roles", "kind"), [(["service"], "service"), (["service", "agent"], "agent"), (["admin"], "agent"), ([], "agent")]
)
def test_a_client_without_the_role_of_an_agent_is_a_service(roles, kind):
    assert who(a_token(roles=roles)).kind == kind


def test_roles_that_are_not_ours_are_left_out():
    assert who(a_token(roles=["agent", "root", "offline_access"])).roles == ("agent",)


def test_the_scheme_may_be_written_in_any_case():
    assert Tokens(SharedSecret(SECRET)).actor(f"bearer  {a_token()}", NOW).id == "alice"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "alice", "Bearer a b", "Bearer \xe9"])
def test_what_is_no_bearer_token_is_refused(header):
    with pytest.raises(Unauthenticated):
        Tokens(SharedSecret(SECRET)).actor(header, NOW)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(a_token("another secret of thirty-two bytes!!"), id="another's"),
        pytest.param(a_token(SECRET * 2, "HS512"), id="another algorithm"),
        pytest.param(f"{segment({'alg': 'none'})}.{segment(GOOD)}.", id="alg none"),
        pytest.param(f"{segment({'alg': 'None', 'typ': 'JWT'})}.{segment(GOOD)}.", id="alg None"),
        pytest.param(f"{segment({'alg': 'HS256'})}.{segment(GOOD)}.", id="no signature"),
        pytest.param(a_token()[:-4] + "AAAA", id="wrong signature"),
        pytest.param("a.b.c", id="garbage"),
        pytest.param("." * 5000, id="dots"),
        pytest.param(
            base64.urlsafe_b64encode(b"[" * 100_000).rstrip(b"=").decode() + ".e30.x", id="100,000 deep header"
        ),
    ],
)
def test_a_token_that_nobody_here_signed_is_refused(token):
    with pytest.raises(Unauthenticated):
        who(token)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": NOW - 1},
        {"exp": NOW},
        {"exp": None},
        {"exp": str(NOW + 60)},
        {"exp": True},
        {"exp": [NOW + 60]},
        {"nbf": NOW + 30},
        {"nbf": "later"},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": " alice"},
        {"sub": "ali\nce"},
        {"name": None},
        {"name": {}},
        {"name": "\ud800"},
        {"roles": None},
        {"roles": "agent"},
        {"roles": ["agent", 1]},
        {"roles": {"agent": True}},
        {"aud": "another service"},
    ],
)
def test_a_token_with_wrong_claims_is_refused(claims):
    with pytest.raises(Unauthenticated):
        who(a_token(**claims))


@pytest.mark.parametrize("text", [b'"exp": Infinity', b'"exp": NaN'])
def test_an_expiry_that_is_no_instant_is_refused(text):
    payload = json.dumps({name: value for name, value in GOOD.items() if name != "exp"}).encode()[:-1]
    token = jwt.PyJWS().encode(payload + b", " + text + b"}", SECRET, "HS256")

    with pytest.raises(Unauthenticated):
        who(token)


def test_a_token_that_was_good_expires_all_the_same():
    tokens = Tokens(SharedSecret(SECRET))
    header = f"Bearer {a_token()}"
    tokens.actor(header, NOW)

    with pytest.raises(Unauthenticated):
        tokens.actor(header, NOW + 60)


def test_issuer_and_audience_count_where_they_are_set():
    tokens = Tokens(SharedSecret(SECRET), audience="madoguchi", issuer="https://id.example")

    actor = tokens.actor(f"Bearer {a_token(aud='madoguchi', iss='https://id.example')}", NOW)

    assert actor.id == "alice"


@pytest.mark.parametrize("claims", [{}, {"aud": "madoguchi"}, {"aud": "madoguchi", "iss": "https://evil.example"}])
def test_a_token_for_others_or_by_others_is_refused(claims):
    tokens = Tokens(SharedSecret(SECRET), audience="madoguchi", issuer="https://id.example")

    with pytest.raises(Unauthenticated):
        tokens.actor(f"Bearer {a_token(**claims)}", NOW)
