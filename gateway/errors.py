"""What goes wrong at the door itself, before any service is asked."""

from services.chassis.errors import Fault, Invalid


class MethodNotAllowed(Fault):
    """The path is known, but not with this method."""

    kind = "method_not_allowed"
    code = "method_not_allowed"


class TooLarge(Fault):
    """The body is larger than this endpoint takes."""

    kind = "too_large"
    code = "too_large"


class UrlTooLong(Fault):
    """The request line is longer than the server reads."""

    kind = "url_too_long"
    code = "too_large"


class HeadersTooLarge(Fault):
    """The header section is larger than the server reads."""

    kind = "headers_too_large"
    code = "too_large"


class UnsupportedMediaType(Fault):
    """The body is in a format that this endpoint does not read."""

    kind = "unsupported_media_type"
    code = "unsupported_media_type"


class UnknownFields(Invalid):
    """The client gave by name what the path or a header gives."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("Some fields are not known here.", errors={name: ["Unknown field."] for name in names})
