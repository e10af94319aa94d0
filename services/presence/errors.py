"""What can go wrong in presence."""

from services.chassis.errors import Forbidden, NotFound, PreconditionRequired


class OnlyAdministrators(Forbidden):
    """Somebody else tried to change the directory."""

    def __init__(self) -> None:
        super().__init__("Only an administrator may change who is in the directory.")


class VersionMissing(PreconditionRequired):
    """The agent is there already, and who replaces it must have seen it."""

    def __init__(self, agent: str) -> None:
        super().__init__(f"{agent} is in the directory: name the version that this change is based on.")


class SessionEnded(NotFound):
    """The session is not there, not the caller's, or has ended; a new one can be opened."""

    def __init__(self, session: str) -> None:
        super().__init__(f"There is no session {session}; it may have ended.")
