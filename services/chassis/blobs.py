"""Blobs: raw mail and attachments by their SHA-256 digest, in GridFS; they take no part in transactions."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from typing import Any

from bson import ObjectId
from gridfs import GridFSBucket, GridOut
from gridfs.errors import NoFile
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from services.chassis import clock
from services.chassis.errors import NotFound
from services.chassis.mongo import Database, Document
from services.chassis.process_port import Readable

BUCKET = "blobs"
CHUNK_BYTES = 255 * 1024
UNNAMED_FOR = timedelta(hours=24)
LOOKED_BACK = timedelta(days=30)
SWEPT_AT_ONCE = 500

Named = Callable[[list[str]], set[str]]


class Blobs:
    """The blobs of a service: a row `{_id: digest, file, size, at}` each, and its bytes in GridFS.

    Every method may raise PyMongoError.
    """

    def __init__(self, database: Database) -> None:
        self._rows = database[BUCKET]
        self._files = database[f"{BUCKET}.files"]
        self._chunks = database[f"{BUCKET}.chunks"]
        self._bucket = GridFSBucket(database, BUCKET)

    def put(self, content: bytes | Readable) -> str:
        """Keep the content, majority and journaled; answers its digest. The same content is kept once."""
        if not isinstance(content, bytes):
            return self._put(content)
        digest = hashlib.sha256(content).hexdigest()
        touched = self._rows.update_one({"_id": digest}, {"$max": {"at": clock.now()}})
        return digest if touched.matched_count else self._put(BytesIO(content))

    def open(self, digest: str) -> GridOut:
        """The content, to be read like a file. Raises NotFound."""
        try:
            return self._bucket.open_download_stream(self._row(digest)["file"])
        except NoFile as error:
            raise _unknown(digest) from error

    def read(self, digest: str) -> bytes:
        """The whole content. Raises NotFound."""
        return self.open(digest).read()

    def size(self, digest: str) -> int:
        """The number of bytes. Raises NotFound."""
        return int(self._row(digest)["size"])

    def delete(self, digest: str) -> None:
        """Forget the content, if it is kept."""
        self._delete({"_id": digest})

    def sweep(self, named: Named) -> int:
        """Forget what nothing names and nobody put for 24 h; answers how many that were.

        `named` is told some digests, and answers those of them that are named.
        """
        self._rows.create_index("at")
        self._rows.create_index("file")
        long_ago = {"$lt": clock.now() - UNNAMED_FOR}
        count = 0
        for digests in self._batches(long_ago):
            for digest in set(digests) - named(digests):
                count += self._delete({"_id": digest, "at": long_ago})
        return count + self._sweep_abandoned(long_ago)

    def _put(self, stream: Readable) -> str:
        hashed, size = hashlib.sha256(), 0
        file = ObjectId()
        with self._bucket.open_upload_stream_with_id(file, "", CHUNK_BYTES) as upload:
            while piece := stream.read(CHUNK_BYTES):
                hashed.update(piece)
                size += len(piece)
                upload.write(piece)
        kept = self._keep(hashed.hexdigest(), file, size)
        if kept["file"] != file:
            self._delete_bytes(file)
        return str(kept["_id"])

    def _keep(self, digest: str, file: ObjectId, size: int) -> Document:
        change = {"$setOnInsert": {"file": file, "size": size}, "$max": {"at": clock.now()}}
        while True:
            with suppress(DuplicateKeyError):  # somebody else was quicker by a moment
                row: Document | None = self._rows.find_one_and_update(
                    {"_id": digest}, change, upsert=True, return_document=ReturnDocument.AFTER
                )
                if row is not None:
                    return row

    def _row(self, digest: str) -> Document:
        row = self._rows.find_one({"_id": digest})
        if row is None:
            raise _unknown(digest)
        return row

    def _delete(self, which: dict[str, Any]) -> bool:
        row = self._rows.find_one_and_delete(which)
        if row is not None:
            self._delete_bytes(row["file"])
        return row is not None

    def _batches(self, long_ago: dict[str, Any]) -> Iterator[list[str]]:
        last = ""
        while True:
            found = self._rows.find({"at": long_ago, "_id": {"$gt": last}}, {"_id": 1}).sort("_id").limit(SWEPT_AT_ONCE)
            digests = [str(row["_id"]) for row in found]
            if not digests:
                return
            yield digests
            last = digests[-1]

    def _sweep_abandoned(self, long_ago: dict[str, Any]) -> int:
        """Bytes whose upload ended in a crash, before their row was written; those of the last weeks."""
        last = long_ago["$lt"]
        ids = {"$gte": ObjectId.from_datetime(last - LOOKED_BACK), "$lt": ObjectId.from_datetime(last)}
        files = {*self._chunks.distinct("files_id", {"files_id": ids}), *self._files.distinct("_id", {"_id": ids})}
        abandoned = [file for file in files if self._rows.find_one({"file": file}, {"_id": 1}) is None]
        for file in abandoned:
            self._delete_bytes(file)
        return len(abandoned)

    def _delete_bytes(self, file: ObjectId) -> None:
        with suppress(NoFile):  # the bytes may be there without their file
            self._bucket.delete(file)


def _unknown(digest: str) -> NotFound:
    return NotFound(f"There is no blob {digest}.")
