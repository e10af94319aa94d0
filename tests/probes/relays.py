"""The probe's relay as a process of its own, to be paused, killed and started again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from services.chassis.settings import Settings

REPOSITORY = Path(__file__).parents[2]


class RelayProcess:
    """One replica of the relay."""

    def __init__(self, settings: Settings, log: Path, crash_at: str = "") -> None:
        self.log = log
        environment = {
            "PATH": os.environ["PATH"],
            "MADOGUCHI_MONGODB_URI": settings.mongodb_uri,
            "MADOGUCHI_AMQP_URI": settings.amqp_uri,
            "MADOGUCHI_DATABASE_PREFIX": settings.database_prefix,
            "MADOGUCHI_CRASH_AT": crash_at,
        }
        command = [sys.executable, "-m", "services.chassis.relay", "probe"]
        with log.open("w") as output:
            self.process = subprocess.Popen(command, env=environment, cwd=REPOSITORY, stdout=output, stderr=output)

    def pause(self) -> None:
        """Let it hang in the middle of whatever it does."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on as if no time had passed."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, in whatever state."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to leave; its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=25)

    @property
    def died_at_its_crash_point(self) -> bool:
        """Whether the crash point was hit."""
        return self.process.poll() == -signal.SIGKILL and '"crash"' in self.log.read_text()
