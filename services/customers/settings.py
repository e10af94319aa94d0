"""The settings of customers."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CustomerSettings:
    """`phone_region` is the country (ISO 3166) whose numbers are written without a country code."""

    phone_region: str = "JP"
