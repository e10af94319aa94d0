"""The supervisor's configuration file."""

import configparser
from pathlib import Path

from deploy.local.home import Home
from deploy.local.programs import DEPENDENCIES, Program, catcher_program, service_programs
from deploy.local.supervisor_configuration import configuration

BROKER = Program(
    name="broker", command=("rabbitmq-server", "a b"), group=DEPENDENCIES, environment={"URI": "amqp://127.0.0.1/%2F"}
)


def test_every_process_is_started_again_when_it_dies(tmp_path: Path) -> None:
    text = read(tmp_path, [*service_programs(), catcher_program()])

    programs = [section for section in text.sections() if section.startswith("program:")]
    assert len(programs) == 14
    assert {text[section]["autorestart"] for section in programs} == {"true"}


def test_each_process_has_a_health_port_of_its_own(tmp_path: Path) -> None:
    text = read(tmp_path, service_programs())

    ports = [text[section]["environment"] for section in text.sections() if section.startswith("program:")]
    assert len(set(ports)) == len(ports)


def test_services_wait_for_what_they_depend_on(tmp_path: Path) -> None:
    text = read(tmp_path, [*service_programs(), BROKER])

    assert text["program:broker"]["autostart"] == "true"
    assert text["program:tickets"]["autostart"] == "false"
    assert int(text["group:dependencies"]["priority"]) < int(text["group:services"]["priority"])


def test_spaces_and_percent_signs_survive(tmp_path: Path) -> None:
    program = read(tmp_path, [BROKER])["program:broker"]

    assert program["command"].endswith("rabbitmq-server 'a b'")
    assert 'URI="amqp://127.0.0.1/%%2F"' in program["environment"]


def read(folder: Path, programs: list[Program]) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser()
    parser.read_string(configuration(Home(folder), programs))
    return parser
