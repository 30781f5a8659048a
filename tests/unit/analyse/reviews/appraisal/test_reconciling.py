from __future__ import annotations

import pytest

from tests.unit.analyse.reviews.appraisal.test_appraising import ROB, SOUND, appraisal
from wherewithal.analyse.reviews.appraisal.appraising import Appraisal
from wherewithal.analyse.reviews.appraisal.reconciling import Where, compare, stage_of
from wherewithal.errors import BadInput


def test_two_who_answer_alike() -> None:
    found = compare(appraisal(SOUND), appraisal(SOUND, by="Ben"))
    assert (found.domains, found.questions, found.same, found.both) == ((), (), 5, 5)
    assert found.words == "Both judge alike in all of 5 domains."


def test_differences_are_told_apart_by_what_they_are_about() -> None:
    other = SOUND | {"1.1": "PY", "1.3": "Y", "5.1": "NI", "3.1": "N", "3.2": "Y"}
    found = compare(appraisal(SOUND), appraisal(other, by="Ben"))
    assert {each.number: each.differs for each in found.questions} == {
        "1.1": "degree", "1.3": "direction", "3.1": "direction", "3.2": "asked", "5.1": "information",
    }  # fmt: skip
    assert [each.key for each in found.domains] == ["randomisation", "reporting", "overall"]
    assert [each.number for each in found.domains[0].questions] == ["1.1", "1.3"]
    assert found.words == "Both judge alike in 3 of 5 domains."


def test_only_the_same_study_by_the_same_instrument_is_compared() -> None:
    with pytest.raises(BadInput, match="not two appraisals of the same study"):
        compare(appraisal(SOUND), Appraisal(ROB, "Other 2001", "Ben"))


def test_how_far_the_appraisal_of_a_study_has_come() -> None:
    ann, ben = appraisal(SOUND), appraisal(SOUND, by="Ben")
    cat = appraisal(SOUND | {"5.1": "N"}, by="Cat")
    assert stage_of([], []).where is Where.NOBODY
    assert stage_of([appraisal({"1.1": "Y"})], [False]).where is Where.UNFINISHED
    assert stage_of([ann], [False]).where is Where.WAITING
    assert stage_of([ann], [False], needed=1).holding == 0
    assert stage_of([ann, ben], [False, False]).holding == 0
    assert stage_of([ann, cat], [False, False]).where is Where.APART
    assert stage_of([ann, cat, ben], [False, False, True]).holding == 2
    begun = appraisal({"1.1": "Y"}, by="Ben")
    assert stage_of([ann, cat, begun], [False, False, True]).where is Where.APART
