"""What several schemas of mail share."""

from enum import Enum
from typing import Any

from marshmallow import Schema as Plain
from marshmallow import ValidationError, fields, post_load, validate

from services.chassis.schema import Id, Schema, Text, Whole
from services.mail.domain.mime.addresses import Address

MEGABYTE = 1_048_576
ADDRESS = validate.Regexp(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\Z", error="It must be a mail address.")


def one_of(words: type[Enum]) -> validate.OneOf:
    """One of the members of an enumeration."""
    return validate.OneOf([word.value for word in words])


class ById(Schema):
    """One thing by its id."""

    id = Id(required=True)


class ByVersion(ById):
    """One thing by its id, if it is still at the version that the caller saw."""

    if_version = Whole(load_default=None, allow_none=True)


class Recipient(Schema):
    """An address to write to."""

    address = Text(max=320, required=True, also=[ADDRESS])
    name = Text(max=255, load_default="")

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> Address:
        """The domain's value."""
        if any(char in values["address"] + values["name"] for char in "\r\n"):
            raise ValidationError("An address has no line breaks.", "address")
        return Address(address=values["address"], name=values["name"])


class AddressView(Plain):
    """Name and address."""

    name = fields.String()
    address = fields.String()
