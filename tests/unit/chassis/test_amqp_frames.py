"""The hand-made frames say what py-amqp reads, and the splitter cuts where frames end."""

import pytest
from amqp.basic_message import Message
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.amqp import frames

PROPERTIES = {
    "content_type": "application/json",
    "headers": {"mdg-key": "請求", "mdg-cascade": 3},
    "delivery_mode": 2,
    "correlation_id": "17",
    "reply_to": "amq.rabbitmq.reply-to",
    "expiration": "5000",
    "type": "solve_ticket",
}


def split(data: bytes) -> list[tuple[int, int, bytes]]:
    return list(frames.Splitter().feed(data))


def test_the_properties_of_a_message_are_those_that_py_amqp_reads() -> None:
    published = frames.publish(3, ("", "rpc.tickets.v1"), PROPERTIES, b"{}", 131_072)

    message = Message()
    message.inbound_header(split(published)[1][2])

    expected = PROPERTIES | {"application_headers": PROPERTIES["headers"]}
    del expected["headers"]
    assert message.properties == expected


def test_a_body_over_the_frame_size_goes_in_several_frames() -> None:
    parts = split(frames.publish(1, ("", "q"), {}, b"x" * 250, 108))

    assert [len(payload) for kind, _, payload in parts if kind == 3] == [100, 100, 50]


def test_a_name_over_255_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="255 bytes"):
        frames.publish(1, ("", "q" * 256), {}, b"", 131_072)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5), st.data())
def test_frames_are_the_same_however_the_stream_is_cut(bodies: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(frames.publish(1, ("", "q"), {}, body, 131_072) for body in bodies)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(stream) - 1))))

    splitter = frames.Splitter()
    pieces = [stream[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    found = [frame for piece in pieces for frame in splitter.feed(piece)]

    assert found == split(stream)


def test_what_is_no_frame_ends_the_connection() -> None:
    broken = frames.HEARTBEAT[:-1] + b"\x00more"

    with pytest.raises(ConnectionError):
        split(broken)
