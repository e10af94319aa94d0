"""The house of tickets' tests, in which customers is at home too."""

from tests.integration.tickets.conftest import databases, house

__all__ = ["databases", "house"]
