"""Answers over HTTP that go out piece by piece, as they come into being."""

from typing import Any


def immediately(environ: dict[str, Any]) -> None:
    """Let every piece of the answer to this WSGI request leave at once; eventlet waits for 4 KB of them otherwise."""
    environ["eventlet.minimum_write_chunk_size"] = 1
