"""The chassis knows no business."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.house import ROOT, python_files

BUSINESS = {
    "ticket", "customer", "mail", "mailbox", "draft", "desk", "conversation", "activity", "trigger", "viewer", "review",
    "agent", "skill", "presence",
}  # fmt: skip
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def test_no_name_in_the_chassis_is_a_word_of_the_business() -> None:
    spoken = {f"{path}: {name}" for path, name in names() if BUSINESS & singular_words(name)}

    assert spoken == set()


def names() -> Iterator[tuple[str, str]]:
    """Everything that is named in the chassis: modules, classes, functions, arguments, variables, attributes."""
    for path in python_files("services/chassis"):
        yield str(path), path.stem
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    yield str(path), name
                case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                    yield str(path), name


def singular_words(name: str) -> set[str]:
    return {word.lower().removesuffix("s") for word in WORD.findall(name)}
