"""Versions at the edge: `ETag: "<version>"` out, `If-Match` in (RFC 9110, 8.8.3 and 13.1.1)."""

import re
from typing import Any

from services.chassis.errors import Malformed, PreconditionRequired

ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
OURS = re.compile(r'"([1-9][0-9]{0,14})"')
NO_VERSION = 0  # versions begin at 1, so that what says 0 is stale whatever the current one is


def etag(resource: Any) -> str | None:
    """The entity tag of a resource that has a version."""
    version = resource.get("version") if isinstance(resource, dict) else None
    return None if version is None else f'"{version}"'


def version_named(header: str) -> int:
    """The version that an If-Match names; a weak or foreign tag matches none. Raises Malformed."""
    if ours := OURS.fullmatch(header.strip()):
        return int(ours[1])
    if ENTITY_TAG.fullmatch(header.strip()):
        return NO_VERSION
    raise Malformed('If-Match must name one version as the ETag does, such as "7".')


def wanted_version(header: str | None) -> dict[str, int]:
    """`if_version`, where the client named one: the condition of an action is its own choice."""
    if header is None or header.strip() == "*":
        return {}
    return {"if_version": version_named(header)}


def required_version(header: str | None) -> int:
    """The version that the writer saw. `*` names none, and would overwrite unseen. Raises PreconditionRequired."""
    if header is None or header.strip() == "*":
        raise PreconditionRequired("If-Match must name the version that this change is based on.")
    return version_named(header)
