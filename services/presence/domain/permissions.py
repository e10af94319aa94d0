"""Who may change the directory."""

from typing import Protocol

from services.presence.errors import OnlyAdministrators


class Actor(Protocol):
    """Who acts, as the call's context knows them."""

    def has(self, *roles: str) -> bool:
        """Whether the actor has one of these roles."""


def may_change_directory(actor: Actor) -> None:
    """Entries are an administrator's. Raises OnlyAdministrators."""
    if not actor.has("admin"):
        raise OnlyAdministrators
