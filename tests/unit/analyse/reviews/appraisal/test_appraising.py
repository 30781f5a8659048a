from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.appraisal.appraising import (
    OVERALL,
    Answer,
    Appraisal,
    Own,
    checked,
    overall,
    standings,
    unanswered,
    unsupported,
    without_information,
)
from wherewithal.analyse.reviews.appraisal.reading import instrument
from wherewithal.errors import BadInput

ROB = instrument("rob-2")
SOUND = {
    "1.1": "Y", "1.2": "Y", "1.3": "N", "2.1": "Y", "2.2": "Y", "2.3": "N", "2.6": "Y", "3.1": "Y", "4.1": "N",
    "4.2": "N", "4.3": "N", "5.1": "Y", "5.2": "N", "5.3": "N",
}  # fmt: skip


def appraisal(codes: dict[str, str], own: dict[str, Own] | None = None, by: str = "Ann") -> Appraisal:
    answers = {number: Answer(code, "as the methods say", "4") for number, code in codes.items()}
    return Appraisal(ROB, "Webster 1997", by, answers, own or {})


def test_a_sound_trial() -> None:
    made = checked(appraisal(SOUND))
    assert unanswered(made) == ()
    assert {each.judgement for each in standings(made)} == {"low"}
    whole = overall(made)
    assert whole is not None
    assert whole.judgement == "low"


def test_a_person_may_judge_otherwise_with_a_reason_and_both_are_kept() -> None:
    with pytest.raises(BadInput, match="without a reason"):
        checked(appraisal(SOUND, {"missing": Own("high")}))
    made = checked(appraisal(SOUND, {"missing": Own("high", "40% of the comparison group left.")}))
    missing = next(each for each in standings(made) if each.key == "missing")
    assert (missing.proposed.judgement, missing.judgement, missing.overridden) == ("low", "high", True)
    whole = overall(made)
    assert whole is not None
    assert whole.judgement == "high"


def test_agreeing_with_the_rules_needs_no_reason() -> None:
    made = checked(appraisal(SOUND, {"missing": Own("low"), OVERALL: Own("low")}))
    assert not any(each.overridden for each in standings(made))


def test_several_concerns_may_make_a_high_risk() -> None:
    codes = SOUND | {"5.1": "NI", "1.3": "Y"}
    made = checked(appraisal(codes, {OVERALL: Own("high", "Two concerns, both in its favour.")}))
    whole = overall(made)
    assert whole is not None
    assert (whole.proposed.judgement, whole.judgement) == ("some", "high")


def test_what_the_instrument_does_not_know_is_refused_all_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        checked(appraisal({"9.9": "Y", "1.1": "PERHAPS"}, {"luck": Own("low"), "missing": Own("dreadful")}))
    assert len(refused.value.problems) == 4


def test_a_checklist_without_an_overall_judgement_takes_none() -> None:
    casp = instrument("casp-qualitative")
    made = Appraisal(casp, "Barlow 2001", "Ann", {}, {OVERALL: Own("yes")})
    assert overall(made) is None
    with pytest.raises(BadInput, match="gives no overall judgement"):
        checked(made)


def test_what_is_without_information_or_support_is_listed() -> None:
    made = Appraisal(
        ROB, "Webster 1997", "Ann", {"1.1": Answer("NI"), "1.2": Answer("Y"), "1.3": Answer("N", page="5")}
    )
    assert without_information(made) == ("1.1",)
    assert unsupported(made) == ("1.2",)
    assert unanswered(made)[:2] == ("2.1", "2.2")
