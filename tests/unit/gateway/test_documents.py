"""The version of a schema that a client names."""

import pytest

from gateway.documents import check_major
from services.chassis.errors import Invalid, NotFound


@pytest.mark.parametrize("major", ["1", "01"])
def test_the_released_version_is_known(major):
    check_major(major=major)


def test_the_first_version_is_meant_where_none_is_named():
    check_major()


@pytest.mark.parametrize("major", ["0", "2", "99999999999999999999"])
def test_a_version_that_was_never_released_is_not_found(major):
    with pytest.raises(NotFound):
        check_major(major=major)


@pytest.mark.parametrize("given", [{"major": "one"}, {"major": ""}, {"major": "-1"}, {"minor": "1"}])
def test_what_names_no_version_is_invalid(given):
    with pytest.raises(Invalid) as caught:
        check_major(**given)

    assert caught.value.errors.keys() == given.keys()
