"""The house of tickets' tests, in which customers is at home too."""

from tests.integration.tickets.conftest import house, module_database

__all__ = ["house", "module_database"]
