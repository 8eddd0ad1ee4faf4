"""Chunks of a pattern, put together by hand: those that policies seldom have."""

import pytest

from iam.engine.matching import wildcards
from iam.engine.matching.wildcards import ANY, Chunk

NOTHING = Chunk([])


def test_a_chunk_without_stars_is_the_whole_value():
    fits = wildcards.tester([Chunk(["abc"])])
    assert fits("abc")
    assert not fits("abcd")


@pytest.mark.parametrize(("value", "fits"), [("xxacbx", True), ("acb", True), ("xxacc", False)])
def test_a_chunk_with_any_character_in_it_is_searched_for(value, fits):
    assert wildcards.tester([NOTHING, Chunk(["a", ANY, "b"]), NOTHING])(value) is fits


def test_a_chunk_with_any_character_in_it_may_be_the_whole_value():
    fits = wildcards.tester([Chunk(["a", ANY])])
    assert fits("ab")
    assert not fits("b")
    assert not fits("abc")
