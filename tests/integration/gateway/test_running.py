import os
import signal
import socket
import threading

import pytest

from deploy.local.ports import is_listening
from tests.integration.gateway.test_conventions import problem_of
from tests.probes.gateways import a_token, running
from tests.waiting import eventually

WINDOW = "tests.probes.window"
UPLOAD = (
    f"POST /v1/uploads HTTP/1.1\r\nHost: desk.example\r\nAuthorization: Bearer {a_token()}\r\n"
    "Content-Type: message/rfc822\r\nContent-Length: 8\r\n\r\n"
).encode()


def test_a_port_that_is_taken_refuses_the_start_with_a_sentence(window):
    with running(WINDOW, port=window.port) as second:
        code = second.wait_end()

        assert code == 2
        assert f"The gateway cannot have 127.0.0.1:{window.port} (MADOGUCHI_HTTP_PORT)" in second.said
        assert "Traceback" not in second.said


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"JWT_SECRET": "short"}, "MADOGUCHI_JWT_SECRET is too short"),
        ({"JWKS_URL": "https://id.example/keys"}, "both set"),
        ({"HTTP_PORT": "eight thousand"}, "MADOGUCHI_HTTP_PORT is 'eight thousand'"),
    ],
)
def test_a_wrong_setting_refuses_the_start_with_a_sentence(settings, sentence):
    with running(WINDOW, **settings) as gateway:
        code = gateway.wait_end()

        assert code == 2
        assert sentence in gateway.said
        assert "Traceback" not in gateway.said


def test_what_came_in_is_answered_before_the_gateway_leaves():
    with running(WINDOW) as gateway:
        gateway.wait_up()
        with socket.create_connection(("127.0.0.1", gateway.client.port), timeout=20) as sock:
            sock.sendall(UPLOAD + b"half")
            eventually(lambda: gateway.client.get("/v1/things/a").ok)
            os.kill(gateway.pid, signal.SIGTERM)
            eventually(lambda: not is_listening(gateway.client.port))
            sock.sendall(b"half")
            answer = b"".join(iter(lambda: sock.recv(1 << 16), b""))

        assert answer.startswith(b"HTTP/1.1 202 ")
        assert answer.endswith(b'{"size":8}')
        assert gateway.wait_end() == 0


def test_an_idle_connection_does_not_keep_the_gateway_from_leaving():
    with running(WINDOW) as gateway:
        gateway.wait_up()
        with socket.create_connection(("127.0.0.1", gateway.client.port), timeout=20) as idle:
            eventually(lambda: gateway.client.get("/v1/things/a").ok)
            os.kill(gateway.pid, signal.SIGTERM)

            assert idle.recv(1) == b""
            assert gateway.wait_end() == 0


def ask_until_let_in(client):
    eventually(lambda: client.post("/v1/waits").ok)


def test_beyond_its_places_the_gateway_refuses_and_stays_healthy():
    with running(WINDOW, HTTP_WORKERS="2") as gateway:
        gateway.wait_up()
        client = gateway.client
        waiting = [threading.Thread(target=ask_until_let_in, args=(client.signed_in(),)) for _ in range(2)]
        for thread in waiting:
            thread.start()
        refused = eventually(lambda: (answer := client.get("/v1/things/a")).status_code == 503 and [answer])[0]
        healthy = client.get("/open").status_code
        client.post("/release")
        for thread in waiting:
            thread.join(20)

        assert problem_of(refused) == (503, "unavailable")
        assert refused.headers["Retry-After"] == "1"
        assert healthy == 200
        assert client.get("/v1/things/a").status_code == 200
