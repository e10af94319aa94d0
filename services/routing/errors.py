"""What can go wrong in routing."""

from collections.abc import Iterable

from services.chassis.errors import Conflict, Forbidden, Invalid


class NotValid(Invalid):
    """What was sent breaks a rule; `errors` names each place by its path."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(f"Not valid: {', '.join(errors)}.", errors=errors)


class OnlyAdministrators(Forbidden):
    """Somebody else tried to configure routing."""

    def __init__(self) -> None:
        super().__init__("Only an administrator may change groups and triggers.")


class NotAMember(Forbidden):
    """Work of a group is for its members."""

    def __init__(self, agent: str, group: str) -> None:
        super().__init__(f"{agent} is not a member of the group {group}.")


class NotTheirTask(Forbidden):
    """Only who accepted a task may complete it."""

    def __init__(self, task: str) -> None:
        super().__init__(f"The task {task} is somebody else's.")


class GroupInUse(Conflict):
    """A group that work or triggers depend on can not be deleted."""

    code = "in_use"

    def __init__(self, group: str, *, triggers: Iterable[str], tasks: bool) -> None:
        users = [*(f"the trigger {each}" for each in triggers), *(["waiting or accepted tasks"] if tasks else [])]
        super().__init__(f"The group {group} is in use by {', '.join(users)}.", triggers=[*triggers])


class IdTaken(Conflict):
    """A chosen id is used once and never again."""

    code = "already_taken"

    def __init__(self, id: str) -> None:
        super().__init__(f"The id {id} is used already, or was.", holder=id)


class AlreadyTaken(Conflict):
    """Somebody holds the task, or its ticket has an owner."""

    code = "already_taken"

    def __init__(self, task: str, by: str | None = None) -> None:
        super().__init__(f"The task {task} is already with {by or 'somebody else'}.", by=by)


class IllegalMove(Conflict):
    """The task's state does not allow it."""

    code = "illegal_transition"

    def __init__(self, task: str, state: str, wish: str) -> None:
        super().__init__(f"The task {task} is {state} and can not be {wish}.", state=state)


class TaskWithdrawn(Conflict):
    """The task is gone: its ticket was taken, ended, or went elsewhere."""

    code = "offer_expired"

    def __init__(self, task: str) -> None:
        super().__init__(f"The task {task} was withdrawn.")
