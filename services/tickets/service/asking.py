"""What is asked of other services before a transaction opens, where a projection may be a moment late."""

from services.chassis.errors import NotFound
from services.tickets.domain.contact import Contact
from services.tickets.errors import UnknownReference

MOST_GROUPS = 200


def customer_named(customers, named):
    """`{id, number, name, identities}` of the customer that a request names. Raises UnknownReference."""
    if "id" not in named:
        return customers.recognise(**named)["customer"]
    try:
        return customers.get_customer(id=named["id"])
    except NotFound:
        raise UnknownReference("customer.id", named["id"]) from None


def contact_of(customer):
    """What tickets shows of a customer whom customers described."""
    return Contact.of(customer["number"], customer.get("name"), customer["identities"])


def check_group(store, routing, group, desk):
    """Let a group of this desk be named. Raises UnknownReference."""
    if group is not None and store.desk_of_group(group) != desk and _desk_of(routing, group) != desk:
        raise UnknownReference("group", f"group {group} of desk {desk}")


def groups_of(store, routing, agent, desk, wanted=None):
    """The groups of the desk that the agent is in, `wanted` being the one that matters."""
    known = store.groups_of(agent, desk)
    if known and wanted in (None, *known):
        return known
    groups = routing.list_groups(limit=MOST_GROUPS)["items"]
    return [each["id"] for each in groups if each["desk"] == desk and agent in _members(each)]


def whole_text(mail, told):
    """The text of the mail that was told of: the event holds the beginning of a long one only."""
    if not told.text_cut:
        return told.personal["text"] or ""
    message = mail.get_message(id=told.message)
    return message.get("reply_text") or message["text"]


def _desk_of(routing, group):
    try:
        return routing.get_group(id=group)["desk"]
    except NotFound:
        return None


def _members(group):
    return [member["agent"] for member in group["members"]]
