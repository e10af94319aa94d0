"""What can go wrong, by kind; a kind travels over RPC and becomes an HTTP status at the edge."""

from typing import Any, ClassVar


class Fault(Exception):
    """Something that the caller must know of: a kind, a stable code, a sentence, and facts for machines.

    `errors` is {field: [reasons]}; `facts` are JSON-able members of the problem, such as `holder` or `current`.
    """

    kind: ClassVar[str] = "internal"
    code: str = "internal"

    def __init__(self, detail: str = "", *, errors: dict[str, list[str]] | None = None, **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or {}
        self.facts = facts

    def to_wire(self) -> dict[str, Any]:
        """The fault as plain JSON."""
        return {
            "kind": self.kind,
            "code": self.code,
            "detail": self.detail,
            "errors": self.errors,
            "facts": self.facts,
        }


class Internal(Fault):
    """The service made a mistake; its log says which."""

    kind = "internal"
    code = "internal"


class Malformed(Fault):
    """What came cannot be read at all."""

    kind = "malformed"
    code = "malformed"


class Unauthenticated(Fault):
    """Nobody known is calling."""

    kind = "unauthenticated"
    code = "unauthenticated"


class Forbidden(Fault):
    """This caller may not do this."""

    kind = "forbidden"
    code = "forbidden"


class NotFound(Fault):
    """There is no such thing."""

    kind = "not_found"
    code = "not_found"


class Conflict(Fault):
    """Not possible in this state; the code says which rule."""

    kind = "conflict"
    code = "conflict"


class Stale(Fault):
    """It was changed meanwhile; `current` is the aggregate as it is now."""

    kind = "stale"
    code = "stale"

    def __init__(self, detail: str = "", *, current: Any = None, **facts: Any) -> None:
        super().__init__(detail, **facts)
        self.current = current


class Gone(Fault):
    """It was there, and will not come back."""

    kind = "gone"
    code = "cursor_gone"


class Invalid(Fault):
    """It can be read, but breaks a rule; `errors` says where."""

    kind = "invalid"
    code = "invalid"


class PreconditionRequired(Fault):
    """A write to something versioned came without the version that its writer saw."""

    kind = "precondition_required"
    code = "precondition_required"


class Unavailable(Fault):
    """A service, the broker or the database does not answer now; trying again later helps."""

    kind = "unavailable"
    code = "unavailable"


KINDS: dict[str, type[Fault]] = {
    kind.kind: kind
    for kind in (
        Internal,
        Malformed,
        Unauthenticated,
        Forbidden,
        NotFound,
        Conflict,
        Stale,
        Gone,
        Invalid,
        PreconditionRequired,
        Unavailable,
    )
}


def from_wire(wire: dict[str, Any]) -> Fault:
    """The fault of the kind that was sent, with the code of its origin."""
    facts = dict(wire.get("facts") or {})
    current = facts.pop("current", None)
    kind = KINDS.get(str(wire.get("kind")), Internal)
    fault = kind(str(wire.get("detail", "")), **facts)
    if isinstance(fault, Stale):
        fault.current = current
    elif current is not None:
        fault.facts["current"] = current
    fault.errors = dict(wire.get("errors") or {})
    fault.code = str(wire.get("code") or kind.code)
    return fault
