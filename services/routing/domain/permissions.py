"""Who may configure routing."""

from typing import Protocol

from services.routing.errors import OnlyAdministrators


class Actor(Protocol):
    """Who acts, as the call's context knows them."""

    def has(self, *roles: str) -> bool:
        """Whether the actor has one of these roles."""


def may_configure(actor: Actor) -> None:
    """Groups and triggers are an administrator's. Raises OnlyAdministrators."""
    if not actor.has("admin"):
        raise OnlyAdministrators
