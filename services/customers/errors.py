"""What can go wrong with customers."""

from services.chassis.errors import Conflict, Invalid


class IdentityTaken(Conflict):
    """An address belongs to one customer at a time."""

    code = "identity_taken"

    def __init__(self, channel: str, address: str, holder: str) -> None:
        super().__init__(f"The {channel} address {address} belongs to another customer.", holder=holder)


class NotAnAddress(Invalid):
    """The text is no address of its channel."""

    def __init__(self, field: str, channel: str, address: str) -> None:
        super().__init__(
            "An address is not one of its channel.", errors={field: [f"{address!r} is no {channel} address."]}
        )
