"""The local stack from the command line: `python -m deploy.local run|down|env|ps|token`."""

import argparse
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

from deploy.local.gateway import Refused
from deploy.local.home import AlreadyRunning, Home
from deploy.local.settings import StackSettings
from deploy.local.stack import CannotRun, Stack
from deploy.local.stopping import CannotStop, stop_all
from deploy.local.supervisor import Supervisor
from deploy.local.tokens import token
from services.chassis.settings import WrongSetting, read

Told = TypeVar("Told")

ADDRESSES = """
Madoguchi is ready.
  HTTP           http://127.0.0.1:{http_port}      (documentation: /docs)
  incoming mail  smtp://127.0.0.1:{smtp_port}
  outgoing mail  {outgoing}
  logs           {logs}
Get a token with `make token SUB=alice ROLES=agent NAME=Alice`; Ctrl-C ends everything.
"""


class Sentence(Exception):
    """What went wrong, for a person to read."""


def run(settings: StackSettings, home: Home, _: argparse.Namespace) -> None:
    """Starts everything, and ends it all at Ctrl-C or SIGTERM."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _leave)
    with home.locked() as lock:
        stack = Stack(settings, home)
        try:
            stack.start(lock)
            outgoing = settings.smtp_url or str(home.path / "outgoing")
            print(ADDRESSES.format(**vars(settings), outgoing=outgoing, logs=home.logs), flush=True)
            stack.watch()
            raise Sentence("The supervisor has gone, and everything with it.")
        finally:
            for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(each, signal.SIG_IGN)
            stack.stop()


def down(_: StackSettings, home: Home, __: argparse.Namespace) -> None:
    print("Everything has ended." if stop_all(home) else f"Nothing runs in {home.path}.")


def env(_: StackSettings, home: Home, __: argparse.Namespace) -> None:
    print(_of_a_running(home, home.environment_file.read_text), end="")


def ps(_: StackSettings, home: Home, __: argparse.Namespace) -> None:
    for each in _of_a_running(home, Supervisor(home).processes):
        print(each.pid, each.name, each.state)


def print_token(settings: StackSettings, home: Home, arguments: argparse.Namespace) -> None:
    if settings.jwks_url:
        raise Sentence("MADOGUCHI_JWKS_URL is set: the tokens come from there.")
    secret = settings.jwt_secret or home.secret("jwt")
    roles = [each for each in arguments.roles.split(",") if each]
    print(token(secret, arguments.subject, roles, arguments.name))


COMMANDS: dict[str, Callable[[StackSettings, Home, argparse.Namespace], None]] = {
    "run": run,
    "down": down,
    "env": env,
    "ps": ps,
    "token": print_token,
}


def main() -> int:
    arguments = _parser().parse_args()
    try:
        settings = read(StackSettings)
        COMMANDS[arguments.command](settings, Home(settings.home), arguments)
    except (AlreadyRunning, CannotRun, CannotStop, Refused, Sentence, WrongSetting) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__)
        if name == "token":
            command.add_argument("subject")
            command.add_argument("--roles", default="agent", help="separated by commas")
            command.add_argument("--name", default="")
    return parser


def _of_a_running(home: Home, ask: Callable[[], Told]) -> Told:
    if not home.is_held():
        raise Sentence(f"No stack runs in {home.path}.")
    try:
        return ask()
    except OSError:
        raise Sentence(f"The stack in {home.path} is just starting or ending.") from None


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
