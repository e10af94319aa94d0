"""A list of what is wrong with something that was sent in, each mistake with its path."""

from collections import defaultdict

from services.routing.errors import NotValid


class Mistake(Exception):
    """One thing that is wrong, and where."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(f"{path}: {sentence}")
        self.path = path
        self.sentence = sentence


class Problems:
    """Collects sentences by path, such as `when.all.0.value`, so that all mistakes are told at once."""

    def __init__(self) -> None:
        self._sentences: dict[str, list[str]] = defaultdict(list)

    def add(self, path: str, sentence: str) -> None:
        """One more mistake."""
        self._sentences[path].append(sentence)

    def settle(self) -> None:
        """Raise NotValid with everything that was found, if anything was."""
        if self._sentences:
            raise NotValid(dict(self._sentences))
