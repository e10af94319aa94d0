"""What could not be done and was put aside: seen, and given another chance.

`python -m services.chassis.parked <service> list`
`python -m services.chassis.parked <service> replay <id>`
`python -m services.chassis.parked <service> replay --all`
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from pymongo.errors import PyMongoError

from services.chassis.claims import PARKED, State
from services.chassis.clock import now
from services.chassis.events import plain
from services.chassis.mongo import Database, Document
from services.chassis.settings import settings
from services.chassis.store import connect

COLLECTIONS = ("inbox", "timers", "follow_ups")
SHOWN = ("subject", "sequence", "at", "attempts", "error")


class Parked:
    """The parked rows of one service's database. Everything here may raise PyMongoError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self) -> Iterator[Document]:
        """Each parked row, as `{"kind", "id", ...}` without the work itself, which may hold personal data."""
        for name in COLLECTIONS:
            for row in self._database[name].find(PARKED):
                yield {"kind": name, "id": row["_id"]} | {field: plain(row[field]) for field in SHOWN if field in row}

    def replay(self, id: str | None = None) -> int:
        """Let the row of this id, or every one, be tried again as if for the first time; how many rows there were."""
        wanted = {**PARKED} | ({} if id is None else {"_id": id})
        again = {"$set": {"state": State.WAITING, "attempts": 0, "due_at": now()}, "$unset": {"error": ""}}
        return sum(self._database[name].update_many(wanted, again).modified_count for name in COLLECTIONS)


def main(arguments: Sequence[str] | None = None) -> int:
    """List or replay; 1 when nothing was there to replay, or the database does not answer."""
    asked = _parser().parse_args(arguments)
    parked = Parked(connect(settings(), asked.service))
    try:
        return _list(parked) if asked.act == "list" else _replay(parked, None if asked.all else asked.id)
    except PyMongoError as error:
        sys.stderr.write(f"The database does not answer: {error}\n")
        return 1


def _list(parked: Parked) -> int:
    for row in parked.rows():
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


def _replay(parked: Parked, id: str | None) -> int:
    count = parked.replay(id)
    sys.stdout.write(f"{count} to be tried again\n")
    return 0 if count else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="parked", description="What could not be done, and was put aside.")
    parser.add_argument("service")
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="each parked row, as one line of JSON")
    which = acts.add_parser("replay", help="let parked rows be tried again").add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", help="the id of one row")
    which.add_argument("--all", action="store_true", help="every row")
    return parser


if __name__ == "__main__":
    sys.exit(main())
