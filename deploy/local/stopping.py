"""Ends a stack from outside, also one whose `make run` has been killed."""

import os
import signal
import time
from pathlib import Path

from deploy.local.home import Home

PATIENCE_SECONDS = 90


class CannotStop(Exception):
    """Something of the stack does not end; the message says what."""


def stop_all(home: Home) -> bool:
    """Whether there was anything to end. Raises CannotStop."""
    if not home.is_held():
        return False
    runner, supervisor = home.pid("lock"), home.pid("supervisord.pid")
    os.kill(runner if _is(runner, "deploy.local") else supervisor, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while home.is_held():
        if time.monotonic() > deadline:
            raise CannotStop(f"The stack in {home.path} does not end; its supervisor is process {supervisor}.")
        time.sleep(0.1)
    home.environment_file.unlink(missing_ok=True)
    return True


def _is(pid: int, program: str) -> bool:
    try:
        return program in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False
