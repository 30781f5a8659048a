from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.extraction.study import Arm, Instrument, Outcome, Place, Study
from wherewithal.errors import BadInput


def test_stored_and_brought_back() -> None:
    outcome = Outcome("behaviour", "Behaviour problems", "lower", "SMD")
    assert Outcome.from_dict(outcome.as_dict()) == outcome
    scale = Instrument("sdq", "behaviour", "Prosocial scale", more="lower", lowest=0, highest=10, items=5)
    assert Instrument.from_dict({**scale.as_dict(), "forgotten": 1}) == scale
    assert scale.turned
    assert not Instrument("ecbi", "behaviour", "ECBI").turned


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadInput, match="no effect measure"):
        Outcome("x", "X", "lower", "SDM")
    with pytest.raises(BadInput, match="which way"):
        Outcome("x", "X", "up")
    with pytest.raises(BadInput, match="a name"):
        Outcome("x", " ")
    with pytest.raises(BadInput, match="ends before it begins"):
        Instrument("x", "y", "X", lowest=5, highest=5)
    with pytest.raises(BadInput, match="0 or more"):
        Instrument("x", "y", "X", items=-1)


def test_arms_are_found_by_number() -> None:
    study = Study(1, "Made (2001)", arms=(Arm(2, "Usual care"),))
    assert study.arm(2) == Arm(2, "Usual care")
    assert study.arm(None) is None
    assert not Place()
    assert Place(page="12")
