"""The published contracts as the gateway serves them, to a person with a browser too."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.probes.gateways import Client, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
RENDER_MILLISECONDS = 20_000
DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(scope="module")
def gateway():
    with running("gateway") as process:
        process.wait_up()
        yield process.client


def browse(url: str, folder: Path) -> tuple[str, set[str], str]:
    """The page as it is when all its scripts have run, the addresses that it asked for, and what the browser said."""
    log = folder / "net.json"
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--user-data-dir={folder / 'profile'}",
        f"--log-net-log={log}",
        f"--virtual-time-budget={RENDER_MILLISECONDS}",
        "--enable-logging=stderr",
        "--dump-dom",
    ]
    shown = subprocess.run([str(CHROMIUM), *options, url], capture_output=True, text=True, timeout=100)
    asked = [event["params"] for event in json.loads(log.read_text())["events"] if "url" in event.get("params", {})]
    origin = url.removesuffix("/docs")
    return shown.stdout, {each["url"] for each in asked if each.get("initiator") == origin}, shown.stderr


def test_the_document_is_served_as_it_was_committed(gateway: Client) -> None:
    answer = gateway.get("/openapi.json", headers={"Authorization": ""})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content == (DOCS / "openapi.json").read_bytes()


def test_the_page_loads_nothing_from_elsewhere(gateway: Client) -> None:
    answer = gateway.get("/docs", headers={"Authorization": ""})

    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "://" not in answer.text


@pytest.mark.parametrize("name", ["nothing.js", "README.md", "%2e%2e", "..%2fservice.py"])
def test_only_the_files_of_the_page_are_served(gateway: Client, name: str) -> None:
    answer = gateway.get(f"/docs/{name}")

    assert answer.status_code == 404


def test_the_schema_of_an_event_is_served(gateway: Client) -> None:
    answer = gateway.get("/v1/events/schemas/ticket.assigned?major=1")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.json() == json.loads((DOCS / "schemas" / "ticket.assigned.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "status"), [("ticket.burnt", 404), ("ticket.solved?major=2", 404), ("x?major=y", 422)]
)
def test_what_has_no_schema_is_told(gateway: Client, path: str, status: int) -> None:
    answer = gateway.get(f"/v1/events/schemas/{path}")

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_schema_needs_a_token(gateway: Client) -> None:
    answer = gateway.get("/v1/events/schemas/ticket.assigned", headers={"Authorization": ""})

    assert answer.status_code == 401


@pytest.mark.timeout(120)
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed.")
def test_a_browser_shows_every_operation_and_asks_nobody_else(gateway: Client, tmp_path: Path) -> None:
    origin = f"http://127.0.0.1:{gateway.port}"

    page, asked, said = browse(f"{origin}/docs", tmp_path)

    items = gateway.get("/openapi.json").json()["paths"].values()
    named = {f"operations-{each['tags'][0]}-{each['operationId']}" for item in items for each in item.values()}
    assert "operations-Tickets-keep_ticket" in named
    assert {name for name in named if f'id="{name}"' not in page} == set()
    assert f"{origin}/openapi.json" in asked
    assert [each for each in asked if not each.startswith(f"{origin}/")] == []
    assert "Content Security Policy" not in said
