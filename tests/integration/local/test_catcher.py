"""Where the outgoing mail of the local stack ends."""

import mailbox
import os
import smtplib
import subprocess
import sys
from pathlib import Path

from deploy.local.ports import free_ports, wait_until_listening

LETTER = b"Subject: =?iso-2022-jp?B?GyRCQGE1YRsoQg==?=\r\n\r\n\x1b$B@a5a\x1b(B\r\n..\r\n"


def test_the_catcher_keeps_every_message_as_it_came(tmp_path: Path) -> None:
    [port] = free_ports(1)
    environment = os.environ | {"MADOGUCHI_HOME": str(tmp_path), "MADOGUCHI_SMTP_URL": f"smtp://127.0.0.1:{port}"}
    with subprocess.Popen([sys.executable, "-m", "deploy.local.catcher"], env=environment) as catcher:
        assert wait_until_listening(port, 20)
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.sendmail("support@example.jp", ["taro@example.jp", "hanako@example.jp"], LETTER)
        catcher.terminate()

    [kept] = mailbox.Maildir(tmp_path / "outgoing")
    assert kept["Return-Path"] == "<support@example.jp>"
    assert kept.get_all("Delivered-To") == ["taro@example.jp", "hanako@example.jp"]
    assert kept.as_bytes().endswith(LETTER.replace(b"\r\n", b"\n"))
