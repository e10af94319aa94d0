"""How something is named that is asked for or changed."""

from services.chassis.schema import Id, Schema, Whole


class One(Schema):
    """Something by its id."""

    id = Id(required=True)


class OneAsSeen(One):
    """Something by its id, and the version that its writer saw."""

    if_version = Whole(required=True)
