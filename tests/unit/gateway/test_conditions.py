import pytest

from gateway.http.conditions import etag, required_version, wanted_version
from services.chassis.errors import Malformed, PreconditionRequired


def test_the_version_is_the_entity_tag():
    assert etag({"id": "a", "version": 7}) == '"7"'


@pytest.mark.parametrize("result", [{"id": "a"}, {"items": []}, ["version"], None])
def test_what_has_no_version_has_no_entity_tag(result):
    assert etag(result) is None


def test_a_change_names_the_version_that_its_writer_saw():
    assert required_version('"7"') == 7


@pytest.mark.parametrize("header", [None, "*", " * "])
def test_a_change_without_a_version_needs_one(header):
    with pytest.raises(PreconditionRequired):
        required_version(header)


@pytest.mark.parametrize("header", ['W/"7"', '"seven"', '""', '"07"', '"0"', '"99999999999999999999"'])
def test_a_weak_or_foreign_tag_matches_no_version(header):
    assert required_version(header) == 0


@pytest.mark.parametrize("header", ["7", "", '"7', '"7", "8"', "'7'", '"7"\x00'])
def test_what_is_no_single_entity_tag_is_malformed(header):
    with pytest.raises(Malformed):
        required_version(header)


@pytest.mark.parametrize(("header", "wanted"), [(None, {}), ("*", {}), ('"3"', {"if_version": 3})])
def test_an_action_has_a_condition_only_where_the_client_set_one(header, wanted):
    assert wanted_version(header) == wanted
