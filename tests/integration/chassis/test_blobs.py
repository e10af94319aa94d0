"""Blobs are kept once by their digest, given back as they came, and forgotten when nothing names them."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from bson import ObjectId

from services.chassis import clock, health
from services.chassis.blob_port import MOST_BYTES, BlobClient, TooLarge, blob_route
from services.chassis.blobs import UNNAMED_FOR, Blobs
from services.chassis.errors import Invalid, NotFound, Unavailable
from services.chassis.store import Database

LARGE = os.urandom(36 * 1024 * 1024)


@pytest.fixture
def blobs(database: Database) -> Blobs:
    return Blobs(database)


@pytest.fixture
def client(blobs: Blobs) -> Iterator[BlobClient]:
    port = health.serve({}, "127.0.0.1", 0, {"/blobs": blob_route(blobs)})
    yield BlobClient(f"http://127.0.0.1:{port.port}")
    port.close()


def grown_old(database: Database) -> None:
    database["blobs"].update_many({}, {"$set": {"at": clock.now() - UNNAMED_FOR - timedelta(minutes=1)}})


def files(database: Database) -> int:
    return database["blobs.files"].count_documents({})


def chunks(database: Database) -> int:
    return database["blobs.chunks"].count_documents({})


@pytest.mark.parametrize("content", [b"", b"raw mail", b"x" * 600_000], ids=["empty", "small", "many chunks"])
def test_content_is_given_back_as_it_came(blobs: Blobs, content: bytes) -> None:
    digest = blobs.put(content)

    assert digest == hashlib.sha256(content).hexdigest()
    assert (blobs.read(digest), blobs.size(digest)) == (content, len(content))


def test_the_same_content_is_kept_once(blobs: Blobs, database: Database) -> None:
    digests = {blobs.put(b"same"), blobs.put(BytesIO(b"same")), blobs.put(b"same")}

    assert (len(digests), files(database), chunks(database)) == (1, 1, 1)


def test_the_same_content_put_by_many_at_once_is_kept_once(blobs: Blobs, database: Database) -> None:
    content = b"same" * 100_000
    with ThreadPoolExecutor(8) as threads:
        digests = set(threads.map(lambda _: blobs.put(BytesIO(content)), range(8)))

    (digest,) = digests
    assert files(database) == 1
    assert blobs.read(digest) == content


def test_an_unknown_digest_is_not_found(blobs: Blobs) -> None:
    for ask in (blobs.open, blobs.read, blobs.size):
        with pytest.raises(NotFound):
            ask("0" * 64)


def test_what_is_deleted_leaves_no_bytes(blobs: Blobs, database: Database) -> None:
    digest = blobs.put(b"erase me")

    blobs.delete(digest)

    assert (files(database), chunks(database), database["blobs"].count_documents({})) == (0, 0, 0)


def test_only_what_nothing_names_for_a_day_is_swept(blobs: Blobs, database: Database) -> None:
    named, unnamed, again = (blobs.put(content) for content in (b"named", b"unnamed", b"put again"))
    grown_old(database)
    fresh = blobs.put(b"fresh")
    blobs.put(b"put again")

    swept = blobs.sweep(lambda digests: {digest for digest in digests if digest == named})

    assert swept == 1
    assert {blobs.read(each) for each in (named, again, fresh)} == {b"named", b"put again", b"fresh"}
    with pytest.raises(NotFound):
        blobs.read(unnamed)


@pytest.mark.parametrize("crashed", ["before its file was written", "before its row was written"])
def test_bytes_whose_upload_ended_in_a_crash_are_swept(blobs: Blobs, database: Database, crashed: str) -> None:
    kept, old = blobs.put(b"kept"), ObjectId.from_datetime(clock.now() - UNNAMED_FOR - timedelta(minutes=1))
    database["blobs.chunks"].insert_one({"files_id": old, "n": 0, "data": b"abandoned"})
    if crashed == "before its row was written":
        database["blobs.files"].insert_one({"_id": old, "length": 9, "chunkSize": 10})

    assert blobs.sweep(set) == 1

    assert (files(database), chunks(database), blobs.read(kept)) == (1, 1, b"kept")


def test_a_large_mail_goes_over_http_and_comes_back(client: BlobClient) -> None:
    stored = client.put(BytesIO(LARGE))

    assert stored == {"digest": hashlib.sha256(LARGE).hexdigest(), "size": len(LARGE)}
    assert b"".join(client.get(stored["digest"])) == LARGE


def test_more_than_a_blob_may_have_is_refused_and_leaves_nothing(client: BlobClient, database: Database) -> None:
    with pytest.raises(Invalid) as raised:
        client.put(BytesIO(b"x" * (MOST_BYTES + 1)))

    assert raised.value.code == TooLarge.code
    assert (files(database), chunks(database)) == (0, 0)


def test_a_blob_that_is_not_there_is_known_before_its_content_is_read(client: BlobClient) -> None:
    with pytest.raises(NotFound):
        client.get("0" * 64)


def test_a_process_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        BlobClient("http://127.0.0.1:9").put(b"anything")
