"""Named points at which a process can be told to die, for the tests that kill it there."""

import os
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache

from services.chassis.settings import read

_hits: Counter[str] = Counter()


@dataclass(frozen=True, kw_only=True)
class CrashSettings:
    """Where to die: `name:n`, at the n-th hit of the point of that name."""

    crash_at: str = ""


@cache
def _wanted() -> tuple[str, int]:
    name, _, count = read(CrashSettings).crash_at.partition(":")
    return name, int(count or 1)


def point(name: str) -> None:
    """Die here, with one line on stderr, when `MADOGUCHI_CRASH_AT` says so; else do nothing."""
    target, count = _wanted()
    if target != name:
        return
    _hits[name] += 1
    if _hits[name] == count:
        sys.stderr.write(f'{{"crash": "{name}", "hit": {count}}}\n')
        sys.stderr.flush()
        os.kill(os.getpid(), signal.SIGKILL)
