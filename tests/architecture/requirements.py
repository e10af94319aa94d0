"""Every requirement with the tests that show it, and what none shows: `make requirements`."""

import csv
import sys
import textwrap
from collections import defaultdict
from contextlib import redirect_stdout
from io import StringIO

import pytest

from tests.architecture.house import ROOT

WIDTH = 118


class Collector:
    """A pytest plugin that notes which tests name which requirement, and runs none."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)
        self.broken: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            test = item.nodeid.split("[")[0]
            for name in {name for marker in item.iter_markers("requirement") for name in marker.args}:
                if test not in self.tests[name]:
                    self.tests[name].append(test)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longreprtext.splitlines()[-1]}")


def main() -> int:
    collector = Collector()
    with redirect_stdout(StringIO()):
        pytest.main(["--collect-only", str(ROOT / "tests")], plugins=[collector])
    with (ROOT / "docs" / "requirements.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        print(textwrap.shorten(f"{row['id']:5} {row['behaviour']}", WIDTH, placeholder=" …"))
        for test in collector.tests[row["id"]]:
            print(f"      {test}")
    missing = [row["id"] for row in rows if not collector.tests[row["id"]]]
    for each in collector.broken:
        print(f"cannot be collected: {each}")
    print(f"\n{len(rows) - len(missing)} of {len(rows)} have a test; missing:")
    print(textwrap.fill(" ".join(missing), WIDTH))
    return 1 if collector.broken else 0


if __name__ == "__main__":
    sys.exit(main())
