"""Logs: one JSON object a line on stderr, each with the correlation id of the call that it belongs to."""

import json
import logging
import sys
from datetime import UTC, datetime
from traceback import format_tb
from typing import Any

from services.chassis import context

# What others say about work is said by the chassis already, with more sense.
QUIETER = {
    "amqp": logging.WARNING,
    "kombu": logging.WARNING,
    "nameko": logging.WARNING,
    "nameko.containers": logging.CRITICAL,
    "pymongo": logging.WARNING,
}


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        call = context.serving()
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "service": self._service,
            "correlation_id": call.correlation_id if call else None,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info) if call is None else _trace(record.exc_info[1])
        return json.dumps({name: value for name, value in line.items() if value is not None}, default=str)


def _trace(error: BaseException | None) -> str:
    """What failed and where, in every exception of the chain; what they say may name the customer of the call."""
    traces = []
    while error is not None:
        traces.append("".join(format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(reversed(traces))


def setup(service: str, level: str = "INFO") -> None:
    """Write everything of this process from `level` up to stderr. Nothing at info or above may name a customer."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(service))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name, quieter in QUIETER.items():
        logging.getLogger(name).setLevel(quieter)
