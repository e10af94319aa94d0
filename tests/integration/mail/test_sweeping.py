"""What nothing names is let go after a day, and what anything names stays."""

from datetime import timedelta

import pytest

from services.chassis import clock
from services.mail.domain.messages import Part
from tests.unit.mail.factories import AT, a_message


@pytest.mark.requirement("N12")
def test_only_bytes_that_nothing_names_are_swept(store, run, monkeypatch):
    raw, attached, kept, lost = (store.blobs.put(content) for content in (b"raw", b"attached", b"inbound", b"lost"))
    part = Part(id="1", filename="a", content_type="text/plain", size=8, digest=attached)
    run(lambda: store.messages.keep(a_message(digest=raw, attachments=(part,))))
    run(lambda: store.receive("support@example.jp", "f", digest=kept, size=7, at=AT))
    assert store.blobs.sweep(store.named) == 0

    tomorrow = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    swept = store.blobs.sweep(store.named)

    assert swept == 1
    assert [store.blobs.read(each) for each in (raw, attached, kept)] == [b"raw", b"attached", b"inbound"]
    assert store.named([lost]) == set()
