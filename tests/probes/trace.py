"""What services under test did, in a file that outlives them: a line a deed."""

from pathlib import Path


class Trace:
    """The deeds of all processes of a test."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def write(self, deed: str) -> None:
        """Add a deed; many processes may do so at once."""
        with self.path.open("a") as file:
            file.write(deed + "\n")

    def read(self) -> list[str]:
        """All deeds in the order in which they were done."""
        return self.path.read_text().splitlines() if self.path.exists() else []

    def count(self, deed: str) -> int:
        """How often this was done."""
        return self.read().count(deed)
