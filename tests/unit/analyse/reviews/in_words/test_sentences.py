from __future__ import annotations

from itertools import product

import pytest

from wherewithal.analyse.reviews.certainty.levels import Certainty
from wherewithal.analyse.reviews.in_words.sentences import COHEN, Lines, Size, sentence
from wherewithal.errors import BadInput


def say(certainty: Certainty, size: Size, raises: bool = False) -> str:
    return sentence(
        certainty=certainty, size=size, raises=raises, service="group parenting", outcome="conduct problems"
    )


def test_the_grid() -> None:
    assert say(Certainty.HIGH, Size.LARGE) == "Group parenting lowers conduct problems a lot."
    assert say(Certainty.MODERATE, Size.SMALL) == "Group parenting probably lowers conduct problems a little."
    assert say(Certainty.LOW, Size.MODERATE, raises=True) == "Group parenting may raise conduct problems."
    assert (
        say(Certainty.LOW, Size.NONE)
        == "Group parenting may make little or no difference to conduct problems."
    )
    assert say(Certainty.VERY_LOW, Size.LARGE).startswith("It is unclear whether group parenting lowers")


def test_only_high_certainty_is_said_plainly() -> None:
    hedges = {Certainty.MODERATE: "probably", Certainty.LOW: "may", Certainty.VERY_LOW: "unclear"}
    for certainty, size, raises in product(Certainty, Size, (True, False)):
        words = say(certainty, size, raises).replace(".", "").split()
        assert {hedge for hedge in hedges.values() if hedge in words} == {hedges.get(certainty)} - {None}


def test_sizes_are_by_lines_that_somebody_drew() -> None:
    assert [COHEN.size(x) for x in (0.0, -0.1, 0.2, -0.5, 0.79, 0.8)] == [
        Size.NONE, Size.NONE, Size.SMALL, Size.MODERATE, Size.MODERATE, Size.LARGE,
    ]  # fmt: skip
    with pytest.raises(BadInput, match="not in order"):
        Lines(0.5, 0.2, 0.8, "us")
    with pytest.raises(BadInput, match="who drew"):
        Lines(0.2, 0.5, 0.8, "")
    with pytest.raises(BadInput, match="needs the name"):
        sentence(certainty=Certainty.LOW, size=Size.LARGE, raises=True, service=" ", outcome="a")
