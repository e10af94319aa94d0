"""Mail is read in processes of its own: a poisonous mail kills one of them, and nothing else."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.mail.domain.reading import read
from services.mail.parser import ParserKilled, ParserPool
from tests.waiting import eventually

ROOT = Path(__file__).parents[3]
MEMORY_BYTES = 512 * 1024 * 1024
PATIENCE_SECONDS = 30.0
PLAIN = "From: Taro <taro@example.com>\r\nSubject: =?UTF-8?B?44GC?=\r\n\r\nこんにちは".encode()
WITH_FILE = (
    b'Content-Type: multipart/mixed; boundary="x"\r\nDate: Fri, 02 Jan 2026 03:04:05 +0900\r\n\r\n--x\r\n\r\nText\r\n'
    b"--x\r\nContent-Type: application/zip; name=a.zip\r\n\r\n" + bytes(range(256)) + b"\r\n--x--\r\n"
)
SLOW = b"From: MAILER-DAEMON@x.jp\r\nSubject: Undelivered\r\n\r\n" + b"a@b.jp 550 5.1.1 unknown user\n" * 2_000_000
TOO_LARGE = b"Subject: x\r\n\r\n" + b"a\r\n" * 60_000_000


@pytest.fixture
def pool() -> Iterator[ParserPool]:
    opened = ParserPool(2, MEMORY_BYTES, PATIENCE_SECONDS)
    yield opened
    opened.close()


@pytest.mark.parametrize("raw", [PLAIN, WITH_FILE, b""], ids=["plain", "with a file", "empty"])
def test_a_child_reads_what_is_read_here(pool, raw):
    mail = pool.parse(raw)

    assert mail == read(raw, mail.message_id.partition("@")[0])


def test_children_stay_for_the_next_mail(pool):
    assert [pool.parse(PLAIN).subject for _ in range(5)] == ["あ"] * 5


def test_more_mails_than_children_wait_for_their_turn(pool):
    with ThreadPoolExecutor(8) as threads:
        subjects = list(threads.map(lambda _: pool.parse(PLAIN).subject, range(24)))

    assert subjects == ["あ"] * 24


@pytest.mark.requirement("N12")
def test_a_mail_that_takes_too_long_is_given_up_and_the_next_is_read():
    pool = ParserPool(1, MEMORY_BYTES, timeout_seconds=0.02)
    with pytest.raises(ParserKilled) as killed:
        pool.parse(SLOW)
    pool.close()
    patient = ParserPool(1, MEMORY_BYTES, PATIENCE_SECONDS)

    assert (killed.value.reason, patient.parse(PLAIN).subject) == ("too_slow", "あ")
    patient.close()


@pytest.mark.requirement("N12")
def test_a_mail_that_takes_too_much_memory_kills_its_child_only():
    pool = ParserPool(1, 300 * 1024 * 1024, PATIENCE_SECONDS)
    with pytest.raises(ParserKilled) as killed:
        pool.parse(TOO_LARGE)

    assert (killed.value.reason, pool.parse(PLAIN).subject) == ("out_of_memory", "あ")
    pool.close()


@pytest.mark.requirement("N12")
def test_a_child_that_dies_at_its_work_tells_so():
    pool = ParserPool(1, MEMORY_BYTES, PATIENCE_SECONDS)
    pool.parse(PLAIN)
    (child,) = pool.children
    with ThreadPoolExecutor(1) as thread:
        working = thread.submit(pool.parse, SLOW)
        eventually(lambda: pool.busy == 1)
        child.process.kill()
        with pytest.raises(ParserKilled) as killed:
            working.result()

    assert (killed.value.reason, pool.parse(PLAIN).subject) == ("crashed", "あ")
    pool.close()


@pytest.mark.requirement("N12")
def test_a_child_that_died_between_two_mails_costs_none_of_them(pool):
    for child in pool.children:
        child.process.kill()
        child.process.wait()

    assert [pool.parse(PLAIN).subject for _ in range(3)] == ["あ"] * 3


@pytest.mark.requirement("N12")
def test_a_poisonous_mail_harms_no_other():
    pool = ParserPool(3, 300 * 1024 * 1024, PATIENCE_SECONDS)

    def outcome(raw: bytes) -> str:
        try:
            return pool.parse(raw).subject
        except ParserKilled as killed:
            return killed.reason

    with ThreadPoolExecutor(6) as threads:
        outcomes = list(threads.map(outcome, [PLAIN, TOO_LARGE, PLAIN, PLAIN, PLAIN, PLAIN]))
    pool.close()

    assert outcomes == ["あ", "out_of_memory", "あ", "あ", "あ", "あ"]


def test_children_end_with_their_pool(pool):
    pool.parse(PLAIN)
    children = list(pool.children)

    pool.close()

    assert [child.process.poll() is None for child in children] == [False, False]


def test_waiting_for_a_child_lets_other_green_threads_run():
    program = """
        import eventlet
        eventlet.monkey_patch()
        from services.mail.parser import ParserPool
        pool = ParserPool(1, 512 * 1024 * 1024, 30.0)
        turns = []

        def tick():
            while True:
                turns.append(1)
                eventlet.sleep(0.001)

        eventlet.spawn(tick)
        mails = [b"Subject: %d\\r\\n\\r\\n" % number + b"text\\n" * 200_000 for number in range(4)]
        read = [eventlet.spawn(pool.parse, mail) for mail in mails]
        print([green.wait().subject for green in read], len(turns) > 10)
        with eventlet.Timeout(0.01, False):
            pool.parse(b"Subject: given up\\r\\n\\r\\n" + b"text\\n" * 200_000)
        print(pool.parse(b"Subject: next\\r\\n\\r\\n").subject)
        pool.close()
    """
    command = [sys.executable, "-W", "ignore", "-c", textwrap.dedent(program)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50, check=True)

    assert done.stdout.splitlines() == ["['0', '1', '2', '3'] True", "next"]
