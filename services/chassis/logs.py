"""Logs: one JSON object a line on stderr, each with the correlation id of the call that it belongs to."""

import json
import logging
import sys
from datetime import UTC, datetime
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
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value is not None}, default=str)


def setup(service: str, level: str = "INFO") -> None:
    """Write everything of this process from `level` up to stderr. Nothing at info or above may name a customer."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(service))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name, quieter in QUIETER.items():
        logging.getLogger(name).setLevel(quieter)
