"""A wrong setting stops the start with a sentence that says which and why."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from services.chassis.settings import WrongSetting, read, read_settings

BOTH = {"MADOGUCHI_MONGODB_URI": "mongodb://db", "MADOGUCHI_AMQP_URI": "amqp://broker"}


@dataclass(frozen=True, kw_only=True)
class MoreSettings:
    """For these tests."""

    secret: str
    strict: bool = False
    lease: timedelta = timedelta(seconds=30)


def test_settings_are_typed_and_have_defaults():
    found = read_settings(BOTH | {"MADOGUCHI_MAX_WORKERS": "7", "MADOGUCHI_MAIL_URL": "http://mail:8080"})

    assert (found.mongodb_uri, found.max_workers, found.installation) == ("mongodb://db", 7, "local")
    assert found.urls == {"mail": "http://mail:8080"}
    assert found.database("tickets") == "madoguchi_tickets"


def test_a_missing_setting_is_named():
    with pytest.raises(WrongSetting, match="MADOGUCHI_AMQP_URI is not set"):
        read_settings({"MADOGUCHI_MONGODB_URI": "mongodb://db"})


@pytest.mark.parametrize(("name", "value"), [("MAX_WORKERS", "many"), ("HEALTH_PORT", "80.5")])
def test_a_setting_of_another_type_is_named_with_its_value(name, value):
    with pytest.raises(WrongSetting, match=f"MADOGUCHI_{name} is '{value}', which is wrong"):
        read_settings(BOTH | {f"MADOGUCHI_{name}": value})


def test_a_secret_can_come_from_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("hush\n")

    found = read(MoreSettings, {"MADOGUCHI_SECRET_FILE": str(path), "MADOGUCHI_LEASE": "2.5"})

    assert found == MoreSettings(secret="hush", lease=timedelta(seconds=2.5))


def test_a_secret_file_that_is_not_there_is_named():
    with pytest.raises(WrongSetting, match="MADOGUCHI_SECRET_FILE names /nowhere, which cannot be read"):
        read(MoreSettings, {"MADOGUCHI_SECRET_FILE": "/nowhere"})


def test_a_secret_set_twice_is_refused():
    with pytest.raises(WrongSetting, match="both set"):
        read(MoreSettings, {"MADOGUCHI_SECRET_FILE": "/a", "MADOGUCHI_SECRET": "b"})


def test_a_boolean_is_not_guessed():
    with pytest.raises(WrongSetting, match="MADOGUCHI_STRICT is 'maybe'"):
        read(MoreSettings, {"MADOGUCHI_SECRET": "s", "MADOGUCHI_STRICT": "maybe"})
