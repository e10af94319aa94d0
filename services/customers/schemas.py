"""Customers as they enter and leave."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from services.chassis.schema import Flag, Id, PageRequest, Schema, Text, Whole
from services.customers.domain.identity import Channel

ADDRESS_LENGTH = 998  # RFC 5322: no line is longer
LANGUAGE = validate.Regexp(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", error="It must be a language tag such as ja.")


class Several(fields.List):
    """A list that is read as a tuple, since values of the domain do not change."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **options))


class Number(fields.Integer):
    """A human number, which a query brings as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        number = super()._deserialize(value, attr, data, **options)
        if not 0 <= number < 2**63:
            raise ValidationError("There is no such number.")
        return number


class AddressSchema(Schema):
    """One address."""

    channel = fields.Enum(Channel, by_value=True, required=True)
    address = Text(required=True, min=1, max=ADDRESS_LENGTH)
    verified = Flag()


class CustomerFields(Schema):
    """What a customer may be given."""

    name = Text(max=255, allow_none=True)
    name_kana = Text(max=255, allow_none=True)
    company = Text(max=255, allow_none=True)
    language = fields.String(validate=LANGUAGE, allow_none=True)
    preferred_channel = fields.Enum(Channel, by_value=True, allow_none=True)
    identities = Several(fields.Nested(AddressSchema), validate=validate.Length(max=100))
    external_ids = Several(Text(min=1, max=255), validate=validate.Length(max=100))
    own_fields = fields.Dict(
        data_key="fields",
        attribute="fields",
        keys=Text(min=1, max=64),
        values=Text(allow_none=True),
        validate=validate.Length(max=100),
    )
    notes = Text()


class OneCustomer(Schema):
    """A customer by its id."""

    id = Id(required=True)


class ChangeCustomer(OneCustomer):
    """A merge patch of a customer."""

    if_version = Whole(load_default=None, allow_none=True)
    changes = fields.Nested(CustomerFields, required=True)


class ListCustomers(PageRequest):
    """Customers who fit all that is asked."""

    q = Text(min=1, max=255)
    name = Text(min=1, max=255)
    email = Text(min=1, max=ADDRESS_LENGTH)
    phone = Text(min=1, max=64)
    external_id = Text(min=1, max=255)
    number = Number()


class Recognise(Schema):
    """An address, and the name that came with it."""

    channel = fields.Enum(Channel, by_value=True, required=True)
    address = Text(required=True, min=1, max=ADDRESS_LENGTH)
    name = Text(max=255, allow_none=True, load_default=None)


class CustomerView(CustomerFields):
    """A customer as it leaves."""

    id = fields.String()
    number = fields.Integer()
    version = fields.Integer()


class Recognised(Schema):
    """Who it is, and whether they are new."""

    customer = fields.Nested(CustomerView)
    created = fields.Boolean()
