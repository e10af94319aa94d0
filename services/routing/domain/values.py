"""The values that conditions compare, out of what tickets, customers and mail say."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.routing.domain.fields import header_field

FIELD_MAPS = ("customer_fields", "operator_fields")


def ticket_values(told: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a ticket as its event or its owner tells them.

    An event holds free text in `personal`, and tells by `changed` what a field is now that it does not show.
    """
    personal = told.get("personal", {})
    values = {**_now(told), **_now(personal), **told, **personal}
    customer = values.get("customer")
    if isinstance(customer, Mapping):
        values["customer"] = customer.get("id")
    return values | {name: inner for key in FIELD_MAPS for name, inner in _flat(key, values.get(key))}


def customer_values(customer: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a customer; its addresses by the channels on which it can be reached."""
    values = {f"customer.{name}": value for name, value in customer.items()}
    identities = customer.get("identities") or []
    values["customer.email"] = _addresses(identities, {"mail"})
    values["customer.phone"] = _addresses(identities, {"phone", "sms"})
    for name in ("fields", "external_ids"):
        values |= dict(_flat(f"customer.{name}", customer.get(name)))
    return values


def mail_values(message: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a mail: addresses without names, the body as text."""
    headers = message.get("headers") or {}
    return {
        "mail.from": (message.get("from") or {}).get("address"),
        "mail.to": [each.get("address") for each in message.get("to") or []],
        "mail.subject": message.get("subject"),
        "mail.body": message.get("text"),
    } | {header_field(name): value for name, value in headers.items()}


def _now(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: after for name, (_, after) in told.get("changed", {}).items()}


def _flat(prefix: str, values: Mapping[str, Any] | None) -> Iterable[tuple[str, Any]]:
    return ((f"{prefix}.{name}", value) for name, value in (values or {}).items())


def _addresses(identities: Iterable[Mapping[str, Any]], channels: set[str]) -> list[str]:
    return [each["address"] for each in identities if each.get("channel") in channels]
