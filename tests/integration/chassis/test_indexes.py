"""Indexes are made at the start, and made again when what is declared has changed."""

from services.chassis.store import prepare
from tests.probes.counters import CounterStore


def test_an_index_whose_options_changed_is_made_again(database):
    database["notes"].drop_index("word_1")
    database["notes"].create_index("word", name="word_1", sparse=True)

    prepare(database, CounterStore)

    assert database["notes"].index_information()["word_1"].get("unique") is True
    assert "sparse" not in database["notes"].index_information()["word_1"]


def test_making_them_twice_changes_nothing(database):
    before = database["notes"].index_information()

    prepare(database, CounterStore)

    assert database["notes"].index_information() == before
