import pytest

from gateway.http.paths import path_of
from services.chassis.errors import Malformed


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("/v1/desks", "/v1/desks"),
        ("/v1/tags/%E8%AB%8B", "/v1/tags/請"),
        ("/v1/tags/a+b", "/v1/tags/a+b"),
        ("http://desk.example/v1/desks", "/v1/desks"),
        ("http://desk.example", "/"),
    ],
)
def test_a_path_is_decoded_once(raw, path):
    assert path_of(raw) == path


@pytest.mark.parametrize("raw", ["/v1/%", "/v1/%4", "/v1/%g0", "/v1/%ff", "/v1/\xff", "/v1/%00", "/v1/a%0D%0Ab"])
def test_a_path_that_cannot_be_read_is_malformed(raw):
    with pytest.raises(Malformed):
        path_of(raw)
