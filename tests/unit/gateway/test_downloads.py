import pytest

from gateway.http.downloads import disposition, download
from tests.fakes import FakeBlobs


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("report.pdf", "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf"),
        ("請求書.pdf", "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf"),
        ('a"; x="b.exe', "attachment; filename=\"a__ x__b.exe\"; filename*=UTF-8''a%22%3B%20x%3D%22b.exe"),
        ("../../etc/passwd", "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
        ("C:\\mail\\a.txt", "attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt"),
        ("a\r\nX-Evil: 1", "attachment; filename=\"aX-Evil_ 1\"; filename*=UTF-8''aX-Evil%3A%201"),
        ("\ud800", "attachment; filename=\"file\"; filename*=UTF-8''file"),
    ],
)
def test_a_file_name_is_safe_in_a_header(name, header):
    assert disposition(name) == header


@pytest.mark.parametrize(
    ("said", "served"),
    [
        ("image/png", "image/png"),
        ("text/html", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("application/pdf; x=\r\n", "application/octet-stream"),
    ],
)
def test_only_harmless_types_are_named(said, served):
    blobs = FakeBlobs({"d1": b"bytes"})

    response = download(blobs, {"blob": "d1", "size": 5, "filename": "a", "content_type": said})

    assert response.headers["Content-Type"] == served


def test_a_download_is_whole_and_can_do_nothing():
    blobs = FakeBlobs({"d1": b"bytes"})

    response = download(blobs, {"blob": "d1", "size": 5, "filename": "a.html", "content_type": "text/html"})

    assert b"".join(response.response) == b"bytes"
    assert response.headers["Content-Length"] == "5"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
