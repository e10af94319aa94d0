import pytest

from gateway.identity.published_keys import PublishedKeys
from gateway.identity.tokens import SharedSecret
from gateway.settings import GatewaySettings
from services.chassis.settings import WrongSetting, read

SECRET = "a secret of at least thirty-two bytes"
AMQP = {"MADOGUCHI_AMQP_URI": "amqp://localhost"}


def test_the_gateway_serves_this_machine_on_port_8000_unless_told_otherwise():
    settings = read(GatewaySettings, AMQP)

    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8000)


def test_one_secret_makes_and_proves_tokens():
    assert GatewaySettings(amqp_uri="", jwt_secret=SECRET).keys() == SharedSecret(SECRET)


def test_an_identity_provider_may_publish_its_keys():
    assert isinstance(GatewaySettings(amqp_uri="", jwks_url="https://id.example/keys").keys(), PublishedKeys)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "MADOGUCHI_JWKS_URL"),
        ({"jwt_secret": "", "jwks_url": ""}, "MADOGUCHI_JWT_SECRET"),
        ({"jwt_secret": SECRET, "jwks_url": "https://id.example/keys"}, "both"),
        ({"jwt_secret": "too short"}, "32 bytes"),
        ({"jwks_url": "file:///etc/passwd"}, "http"),
    ],
)
def test_without_one_clear_judge_of_tokens_the_start_is_refused_with_a_sentence(settings, named):
    with pytest.raises(WrongSetting, match=named):
        GatewaySettings(amqp_uri="", **settings).tokens()


def test_the_secret_is_not_shown_with_the_settings():
    assert SECRET not in repr(GatewaySettings(amqp_uri="", jwt_secret=SECRET))
