"""The text of supervisord.conf."""

import configparser
import io
import shlex
from collections.abc import Mapping, Sequence

from deploy.local.child import ends_with_its_parent
from deploy.local.home import Home
from deploy.local.ports import LOOPBACK
from deploy.local.programs import GROUPS, PROJECT, Program

USER = "madoguchi"
STOP_SECONDS = 28  # a process of ours has left after 25 s


def configuration(home: Home, programs: Sequence[Program]) -> str:
    """One section a program, one a group; services end before what they depend on."""
    sections: dict[str, Mapping[str, object]] = {
        "supervisord": {"pidfile": home.path / "supervisord.pid", "logfile": "/dev/null", "logfile_maxbytes": 0},
        "inet_http_server": {
            "port": f"{LOOPBACK}:{home.port('supervisor')}",
            "username": USER,
            "password": home.secret("supervisor"),
        },
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        },
    }
    for priority, group in enumerate(GROUPS, start=1):
        names = [each.name for each in programs if each.group == group]
        if names:
            sections[f"group:{group}"] = {"programs": ",".join(names), "priority": priority}
    for each in programs:
        sections[f"program:{each.name}"] = _program(each, home)
    return _text(sections)


def _program(program: Program, home: Home) -> Mapping[str, object]:
    environment = {"MADOGUCHI_HEALTH_PORT": str(home.port(f"{program.name}-health")), **program.environment}
    return {
        "command": shlex.join([*ends_with_its_parent("KILL"), *program.command]),
        "directory": PROJECT,
        "environment": ",".join(f'{name}="{value}"' for name, value in environment.items()),
        "autostart": str(program.group == "dependencies").lower(),
        "autorestart": "true",
        "startsecs": 3,  # one that dies sooner is started again ever more slowly
        "startretries": 1000,
        "stopwaitsecs": STOP_SECONDS,
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": home.log(program.name),
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": 1,
    }


def _text(sections: Mapping[str, Mapping[str, object]]) -> str:
    parser = configparser.RawConfigParser()
    for section, options in sections.items():
        parser[section] = {name: str(value).replace("%", "%%") for name, value in options.items()}
    text = io.StringIO()
    parser.write(text)
    return text.getvalue()
