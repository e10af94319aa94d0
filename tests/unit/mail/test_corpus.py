"""Our reading of real mails of other projects, held against what those projects expect; skipped where they are not."""

import importlib.util
import json
from pathlib import Path

import pytest

from tests.mail_adapter import parse

CORPUS = Path(__file__).parents[4] / "shared" / "mail"
TARGETS = {"parse": 0.98, "bounce": 0.97, "autoreply": 0.95, "thread": 0.95, "quote": 0.90}
JAPANESE_TARGET = 0.99

pytestmark = pytest.mark.skipif(not (CORPUS / "shared.jsonl").exists(), reason="the corpus of real mails is not here")


@pytest.fixture(scope="module")
def score():
    specification = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def passed(score):
    """Which case passes, with its kind and tags."""
    lines = (CORPUS / "shared.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    return [
        (case, all(good or field in score.SECONDARY for field, good, _ in score.run_case(case, CORPUS, parse)))
        for case in cases
    ]


@pytest.mark.requirement("N12")
@pytest.mark.parametrize("kind", TARGETS)
def test_real_mails_are_read_as_their_projects_expect(passed, kind):
    results = [good for case, good in passed if case["kind"] == kind]

    assert sum(results) / len(results) >= TARGETS[kind]


@pytest.mark.requirement("N17")
def test_real_japanese_mails_are_read_as_their_projects_expect(passed):
    results = [good for case, good in passed if case["kind"] == "parse" and "ja" in case.get("tags", [])]

    assert sum(results) / len(results) >= JAPANESE_TARGET
