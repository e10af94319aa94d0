"""Serves files of our own: what lay in a folder at the start, and nothing else."""

from pathlib import Path

from werkzeug.wrappers import Response

from services.chassis.errors import NotFound

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
}
ONLY_OURS = "; ".join(
    [
        "default-src 'none'",
        "base-uri 'none'",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # the page of the API sets styles by script
    ]
)


class Shelf:
    """The files of one folder whose kind is known; `media_type` stands for all of them where it is given."""

    def __init__(self, folder: Path, *, media_type: str | None = None) -> None:
        found = folder.iterdir() if folder.is_dir() else ()
        self._files = {path.name: path for path in found if path.suffix in MEDIA_TYPES}
        self._media_type = media_type

    def take(self, name: str) -> Response:
        """A file as a response, which may load nothing from elsewhere. Raises NotFound."""
        path = self._files.get(name)
        if path is None:
            raise NotFound("There is no such file.")
        media_type = self._media_type or MEDIA_TYPES[path.suffix]
        return Response(path.read_bytes(), content_type=media_type, headers={"Content-Security-Policy": ONLY_OURS})
