"""Files that can be read in one go, under names that say something."""

import re

from tests.architecture.house import ROOT, python_files

MAX_LINES = 250
HOLLOW = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "base"}
REQUIREMENT = re.compile(r"requirement\(([^)]*)\)")


def test_no_file_is_longer_than_250_lines() -> None:
    lengths = {str(path): (ROOT / path).read_text(encoding="utf-8").count("\n") for path in python_files()}

    assert {path: lines for path, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_module_has_a_name_that_explains_nothing() -> None:
    hollow = [str(path) for path in python_files() if path.stem in HOLLOW or path.parent.name in HOLLOW]

    assert hollow == []


def test_tests_name_only_requirements_that_exist() -> None:
    known = {line.split("\t")[0] for line in (ROOT / "docs" / "requirements.tsv").read_text().splitlines()}
    tests = {path: (ROOT / path).read_text(encoding="utf-8") for path in python_files("tests")}

    named = {
        (str(path), name)
        for path, text in tests.items()
        for arguments in REQUIREMENT.findall(text)
        for name in re.findall(r'"([RN]\d+)"', arguments)
    }

    assert named
    assert {each for each in named if each[1] not in known} == set()
