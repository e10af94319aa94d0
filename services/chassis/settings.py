"""Settings: MADOGUCHI_* variables, read once into frozen objects; a wrong one stops the start, with a sentence."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

PREFIX = "MADOGUCHI_"
SERVICE_URL = re.compile(r"MADOGUCHI_([A-Z]+)_URL")

T = TypeVar("T")


class WrongSetting(Exception):
    """A setting is missing or cannot be understood; the message says which and why."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What every process needs to know."""

    mongodb_uri: str
    amqp_uri: str
    installation: str = "local"
    database_prefix: str = "madoguchi"
    health_host: str = "127.0.0.1"
    health_port: int = 0
    max_workers: int = 50
    prefetch: int = 50
    home: Path = Path(".local")
    log_level: str = "INFO"
    urls: dict[str, str] = field(default_factory=dict)

    def database(self, service: str) -> str:
        """The name of a service's own database."""
        return f"{self.database_prefix}_{service}"


def _boolean(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in words:
        raise ValueError("it must be true or false")
    return words[text.lower()]


PARSERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    str | None: str,
    int: int,
    float: float,
    bool: _boolean,
    Path: Path,
    timedelta: lambda text: timedelta(seconds=float(text)),
}


def _raw(name: str, environment: Mapping[str, str]) -> str | None:
    path = environment.get(f"{name}_FILE")
    if path is None:
        return environment.get(name)
    if name in environment:
        raise WrongSetting(f"{name} and {name}_FILE are both set; only one of them can count.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{name}_FILE names {path}, which cannot be read: {error}.") from None


def read(cls: type[T], environment: Mapping[str, str] | None = None) -> T:
    """An object of `cls`, a dataclass, from the environment. Raises WrongSetting."""
    environment = os.environ if environment is None else environment
    hints = get_type_hints(cls)
    values: dict[str, Any] = {}
    for each in fields(cls):  # type: ignore[arg-type]  # T is a dataclass
        name = PREFIX + each.name.upper()
        if hints[each.name] not in PARSERS:
            continue
        raw = _raw(name, environment)
        if raw is not None:
            try:
                values[each.name] = PARSERS[hints[each.name]](raw)
            except ValueError as error:
                raise WrongSetting(f"{name} is {raw!r}, which is wrong: {error}.") from None
        elif each.default is MISSING and each.default_factory is MISSING:
            raise WrongSetting(f"{name} is not set, and nothing can run without it.")
    return cls(**values)


def service_urls(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Where the process ports of other services are, by service."""
    environment = os.environ if environment is None else environment
    return {match[1].lower(): url for name, url in environment.items() if (match := SERVICE_URL.fullmatch(name))}


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises WrongSetting."""
    return replace(read(Settings, environment), urls=service_urls(environment))


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
