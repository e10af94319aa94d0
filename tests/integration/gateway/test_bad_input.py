import socket
import threading

import pytest
import requests

from tests.integration.gateway.test_conventions import problem_of
from tests.probes.gateways import a_token

MIB = 1 << 20
HEAD = f"Host: desk.example\r\nAuthorization: Bearer {a_token()}\r\n"


def exchange(client, request: bytes) -> bytes:
    """The raw answer to a raw request."""
    with socket.create_connection(("127.0.0.1", client.port), timeout=20) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(1 << 16), b""))


def status_and_type(answer: bytes) -> tuple[int, bool]:
    head, _, _ = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), b"content-type: application/problem+json" in head.lower()


@pytest.mark.parametrize(
    "raw",
    [b"{", b"[]", b"null", b'{"a": NaN}', b'{"a": 1, "a": 2}', b'{"a": "\xff"}', b'{"a":' * 100_000, b"[" * 100_000],
)
def test_a_body_that_is_no_json_object_is_malformed(window, raw):
    response = window.post("/v1/things", data=raw, headers={"Content-Type": "application/json"})

    assert problem_of(response) == (400, "malformed")


@pytest.mark.parametrize("raw", [rb'{"title": "\ud800"}', rb'{"title": "\u0000"}'])
def test_text_that_cannot_be_kept_is_invalid(window, raw):
    response = window.post("/v1/things", data=raw, headers={"Content-Type": "application/json"})

    assert problem_of(response) == (422, "invalid")
    assert list(response.json()["errors"]) == ["title"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=shift_jis"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
def test_a_body_of_another_kind_is_refused(window, headers):
    response = window.post("/v1/things", data=b"{}", headers=headers)

    assert problem_of(response) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_may_be_named_in_several_ways(window, kind):
    assert window.post("/v1/things", data=b"{}", headers={"Content-Type": kind}).status_code == 201


def test_a_merge_patch_may_be_named_so(window):
    headers = {"Content-Type": "application/merge-patch+json", "If-Match": '"1"'}

    assert window.patch("/v1/things/a", data=b"{}", headers=headers).status_code == 200


def test_two_mebibytes_of_json_are_too_large_and_the_client_learns_it(window):
    response = window.post("/v1/things", json={"title": "x" * (2 * MIB)})

    assert problem_of(response) == (413, "too_large")


def test_a_body_that_grows_too_large_on_the_way_is_too_large(window):
    chunks = (b"x" * 65_536 for _ in range(64))
    response = window.post("/v1/things", data=chunks, headers={"Content-Type": "application/json"})

    assert problem_of(response) == (413, "too_large")


def test_a_body_that_is_too_large_by_its_own_word_is_not_waited_for(window):
    head = f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n"

    assert status_and_type(exchange(window, head.encode())) == (413, True)


def test_a_body_of_just_the_limit_is_read(window):
    body = b'{"a": "' + b"x" * (MIB - 9) + b'"}'

    assert len(body) == MIB
    assert window.post("/v1/things", data=body, headers={"Content-Type": "application/json"}).status_code == 201


def test_an_upload_may_be_larger_than_json(window):
    response = window.post("/v1/uploads", data=b"x" * 2 * MIB, headers={"Content-Type": "message/rfc822"})

    assert (response.status_code, response.json()) == (202, {"size": 2 * MIB})


def test_an_upload_has_its_own_limit(window):
    chunks = (b"x" * 65_536 for _ in range(100))
    response = window.post("/v1/uploads", data=chunks, headers={"Content-Type": "message/rfc822"})

    assert problem_of(response) == (413, "too_large")


def test_an_upload_of_another_kind_is_refused(window):
    assert problem_of(window.post("/v1/uploads", json={})) == (415, "unsupported_media_type")


@pytest.mark.parametrize("path", ["/v1/things?limit=0", "/v1/things?limit=x", "/v1/pages?a=1&a=2", "/v1/pages?limit="])
def test_a_wrong_parameter_is_invalid(window, path):
    assert problem_of(window.get(path)) == (422, "invalid")


@pytest.mark.parametrize(
    "target",
    ["/v1/things?q=%ff", "/v1/things?q=%", "/v1/things?q=%00", "/v1/things/%", "/v1/things/%ff", "/v1/things/%00"],
)
def test_an_address_that_cannot_be_read_is_malformed(window, target):
    answer = exchange(window, f"GET {target} HTTP/1.1\r\n{HEAD}Connection: close\r\n\r\n".encode())

    assert status_and_type(answer) == (400, True)


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        (f"GET /v1/{'x' * 20_000} HTTP/1.1\r\n{HEAD}\r\n", 414),
        (f"GET /open HTTP/1.1\r\n{HEAD}X-Long: {'x' * 20_000}\r\n\r\n", 431),
        (f"GET /open HTTP/1.1\r\n{HEAD}{''.join(f'X-{n}: {n}' + chr(13) + chr(10) for n in range(300))}\r\n", 431),
        (f"GET /open HTTP/1.1\r\n{HEAD}{('X-Big: ' + 'x' * 8000 + chr(13) + chr(10)) * 12}\r\n", 431),
        (f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Length: -1\r\n\r\n", 400),
        (f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Length: 1_0\r\n\r\n", 400),
        (f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (f"POST /v1/things HTTP/1.1\r\n{HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n", 400),
        ("NONSENSE\r\n\r\n", 400),
        ("GET /open HTTP/9.9.9\r\n\r\n", 400),
        ("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    ],
)
def test_a_request_that_is_no_http_or_too_much_is_a_problem_too(window, request_head, status):
    assert status_and_type(exchange(window, request_head.encode("latin-1"))) == (status, True)


@pytest.mark.parametrize(
    "body", [b"zz\r\n{}\r\n", b"5\r\n{}", b"2\r\n{}\r\n", b"-5\r\n{}\r\n0\r\n\r\n", b"ffffffffffffffffff\r\n{}"]
)
def test_a_body_that_breaks_off_is_malformed(window, body):
    head = f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"

    assert status_and_type(exchange(window, head.encode() + body)) == (400, True)


def test_a_body_that_is_shorter_than_declared_is_malformed(window):
    head = f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\nContent-Length: 20\r\n\r\n"

    assert status_and_type(exchange(window, head.encode() + b"{}")) == (400, True)


def test_a_client_that_vanishes_harms_nobody(window):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", window.port)) as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            sock.sendall(f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Length: 50\r\n\r\n".encode() + b'{"a"')

    assert window.get("/v1/things/a").status_code == 200


def test_one_connection_serves_request_after_request(window):
    with requests.Session() as session:
        first, second = (session.get(f"http://127.0.0.1:{window.port}/open", timeout=20) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert "close" not in first.headers.get("Connection", "")


def test_a_slow_body_keeps_nobody_else_waiting(window):
    head = f"POST /v1/things HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\nContent-Length: 20\r\n\r\n"
    slow = [socket.create_connection(("127.0.0.1", window.port)) for _ in range(300)]
    for sock in slow:
        sock.sendall(head.encode())
    answered = window.get("/v1/things/a").status_code
    for sock in slow:
        sock.close()

    assert answered == 200


def test_many_at_once_are_all_answered(window):
    statuses: list[int] = []

    def ask() -> None:
        statuses.append(window.signed_in().post("/v1/things", json={}).status_code)

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [201] * 50
