"""Whose mailbox it is: what the desks have told, and what tickets says of the others."""


def desk_of(store, tickets, mailbox):
    """The id of the desk that a mailbox leads to. Raises NotFound where there is none."""
    return store.peek.desk_of(mailbox) or tickets.desk_of_address(address=mailbox)["desk"]
