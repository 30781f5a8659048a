"""Our area as a person describes it, a study's facts as extracted, and an outcome with only the studies like us."""

from __future__ import annotations

import csv
import io
import math
from datetime import date

import pytest

from wherewithal.analyse.reviews.extraction.form import Form, Question, Section, default_form
from wherewithal.analyse.reviews.extraction.study import Outcome, Place
from wherewithal.analyse.reviews.narrative.account import narrate
from wherewithal.analyse.reviews.narrative.choices import NarrativeChoices
from wherewithal.analyse.reviews.narrative.directions import Direction
from wherewithal.analyse.reviews.narrative.pointing import Basis, Gathered, Pointing
from wherewithal.analyse.reviews.outcomes import (
    OutcomeSettings,
    PoolingChoices,
    StudyEffect,
    When,
    put_together,
)
from wherewithal.analyse.reviews.transferability.ages import ages_in
from wherewithal.analyse.reviews.transferability.described import (
    OurArea,
    first_guess,
    own_questions,
    reported_by,
)
from wherewithal.analyse.reviews.transferability.finding import resemblance_finding
from wherewithal.analyse.reviews.transferability.outcomes import (
    AFTER,
    beside_all,
    directions_beside,
    few,
    picture,
)
from wherewithal.analyse.reviews.transferability.resemblance import Ruling, resemblance
from wherewithal.analyse.reviews.transferability.tables import resemblance_csv
from wherewithal.errors import BadInput

FORM = Form((Section("All", (Question("weeks", "Weeks known?", "number"), Question("country", "Country"))),))
OWN = own_questions(FORM)


def ours(**changes) -> OurArea:
    given = {
        "name": "Westmere",
        "alike": {"country": ["England"], "weeks": (2, math.inf), "population": ["low income"]},
        "sources": {"country": "the case", "weeks": "schools", "population": "the needs profile"},
        "deciding": ("weeks",),
        "own": OWN,
    }
    return OurArea(**{**given, **changes})


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Children aged 3 to 8", (3.0, 8.0)),
        ("6-36 months", (0.5, 3.0)),
        ("6 months to 5 years", (0.5, 5.0)),
        ("11–14 years", (11.0, 14.0)),
        ("under 5 years", (0.0, 5.0)),
        ("mean 6.2 (SD 1.1)", None),
        ("3 to 5 and 9 to 11", None),
        ("recruited 12 to 80 families", None),
        ("parents aged 30 to 45", None),
        ("", None),
    ],
)
def test_ages_are_read_where_they_are_plain_and_never_guessed(text, ages) -> None:
    assert ages_in(text) == ages


def test_nothing_about_our_area_goes_without_its_source() -> None:
    with pytest.raises(BadInput, match="without its source") as refused:
        ours(sources={"country": "the case", "population": "the needs profile"})
    assert refused.value.problems[0].where == "Weeks known"


def test_the_description_comes_back_from_the_store_as_far_as_the_form_still_asks() -> None:
    made = ours()
    assert OurArea.from_dict(made.as_dict(), FORM) == made
    assert made.as_dict()["alike"]["weeks"] == [2, None]
    assert [(what.key, words, decides) for what, words, _source, decides in made.lines] == [
        ("country", "England", False),
        ("population", "low income", False),
        ("weeks", "2 or more", True),
    ]
    assert OurArea.from_dict(made.as_dict(), default_form()) is None  # it no longer asks what decides


def test_a_question_that_became_another_kind_is_not_compared_any_more() -> None:
    kept = ours(deciding=("country",)).as_dict()
    choice = Question("weeks", "Weeks known?", "choice", choices=("few", "many"))
    found = OurArea.from_dict(kept, Form((Section("All", (choice, Question("country", "Country"))),)))
    assert set(found.alike) == {"country", "population"}
    kept["alike"]["weeks"] = ["few"]
    assert "weeks" not in OurArea.from_dict(kept, FORM).alike


def test_what_the_case_and_the_protocol_say_already() -> None:
    found = first_guess(
        area_name="Westmere", area_code="E06000001", population="Families of children aged 3 to 8"
    )
    assert found["age"][0] == (3.0, 8.0)
    assert "England" in found["country"][0]
    assert "Westmere" in found["country"][1]
    assert first_guess(area_name="Dyfed", area_code="W06000001", population="") == {}


def facts(answers: dict[str, str], area: OurArea | None = None, rulings=None, year: int | None = 2010):
    area = area or ours()
    found = resemblance("A", reported_by(answers, year, area.area), area.area, rulings)
    return {fact.characteristic.key: fact for fact in found.facts}, found


def test_what_is_not_known_is_said_and_not_taken_for_unlike() -> None:
    told, found = facts(
        {"weeks": "not reported", "country": "United States", "population": "Families in Leeds"}
    )
    assert (told["weeks"].alike, told["weeks"].known) == (None, False)
    assert told["country"].alike is False
    assert (told["population"].alike, told["population"].known) == (None, True)
    assert found.resembles is None
    assert found.words == "Nobody can tell: “Weeks known” not reported."
    assert facts({"weeks": "2"})[1].resembles is True
    assert facts({"weeks": "1"})[1].resembles is False


def test_words_are_compared_where_they_can_be_and_else_a_person_looks() -> None:
    area = ours(deciding=("population",))
    assert facts({"population": "Families with a LOW INCOME"}, area)[1].resembles is True
    assert facts({"population": "Families in Leeds"}, area)[1].words == "Somebody has to look: families."
    assert facts({"country": "Northern England"})[0]["country"].alike is True
    assert facts({"country": "New Englander"})[0]["country"].alike is False


def test_ages_that_cannot_be_read_are_for_a_person() -> None:
    area = ours(alike={"age": (3, 8)}, sources={"age": "the protocol"}, deciding=("age",))
    told, found = facts({"age": "mean 6.2"}, area)
    assert (told["age"].reported, told["age"].alike) == ("mean 6.2", None)
    assert found.words == "Somebody has to look: age of the children."
    assert facts({"age": "4 to 7"}, area)[1].resembles is True


def test_a_persons_answer_holds_before_the_rule() -> None:
    told, found = facts({"weeks": "1"}, rulings={"weeks": Ruling(True, "They met before term.", "Ann")})
    assert (told["weeks"].rule, told["weeks"].alike) == (False, True)
    assert found.resembles is True


# --- Outcomes -------------------------------------------------------------------------------------------

SCORE = Outcome("score", "Test scores", "higher", "SMD")
VALUES = (0.5, 0.4, 0.6, 0.1, 0.0, 0.2, 0.3)


def effect(study: int, value: float, instrument: str = "") -> StudyEffect:
    return StudyEffect(
        str(study), f"Study {study}", value, 0.02, f"{study}{instrument}", 100, None, "", instrument
    )


ALL = [effect(number, value) for number, value in enumerate(VALUES, 1)]
LIKE = {"1": False, "2": False, "3": False, "4": True, "5": True, "6": True}


def test_each_part_is_pooled_as_the_whole_was() -> None:
    found = beside_all(put_together(SCORE, ALL, PoolingChoices()), LIKE)
    alike = put_together(SCORE, ALL[3:6], PoolingChoices())
    assert (found.only.alike.k, found.only.alike.estimate, found.only.alike.ci) == (
        3, pytest.approx(alike.estimate), alike.ci,
    )  # fmt: skip
    assert found.only.unknown == 1
    assert found.words.startswith("With only the 3 studies that resemble the area: 0.10 (")
    assert "That differs by −0.40" in found.words
    assert few(found)
    assert "Only 3 studies are among those that resemble the area" in found.only.notes[0]
    assert "Like Westmere (3 studies)" in picture(found, "Westmere", key="a").narrow


def test_ratios_are_said_as_ratios() -> None:
    odds = Outcome("excluded", "Exclusion", "lower", "OR")
    whole = put_together(odds, ALL, PoolingChoices())
    words = beside_all(whole, LIKE).words
    assert "That is 0.67" in words  # exp(-0.4)
    assert "times the ratio of the 3 that do not" in words


def test_several_effects_of_a_study_and_a_single_study() -> None:
    effects = [
        effect(1, 0.5, "a"),
        effect(1, 0.1, "b"),
        effect(2, 0.3),
        effect(3, 0.2, "a"),
        effect(3, 0.4, "b"),
    ]
    whole = put_together(SCORE, effects, PoolingChoices(when=When.ALL))
    found = beside_all(whole, {"1": True, "2": False, "3": False})
    assert (found.only.alike.k, found.only.alike.estimate) == (1, 0.1)
    assert found.only.unlike.k == 2
    assert found.words.startswith("With only the 1 study that resembles the area")


def test_a_group_that_cannot_be_put_together_gives_no_number() -> None:
    same = [effect(1, 0.2, "a"), effect(1, 0.2, "b"), effect(2, 0.2), effect(3, 0.5), effect(4, 0.1)]
    whole = put_together(SCORE, same, PoolingChoices(when=When.ALL))
    found = beside_all(whole, {"1": True, "2": True, "3": False, "4": False})
    assert found.only.alike is None
    assert found.failed == ("Every effect says the same, so nothing tells how sure the average is.",)
    assert found.words.startswith("The studies that resemble the area cannot be put together")
    assert found.only.unlike is not None


def test_no_study_like_us_says_so() -> None:
    found = beside_all(put_together(SCORE, ALL, PoolingChoices()), {})
    assert found.words.startswith("No study resembles")
    assert picture(found, "Westmere", key="a").rows


@pytest.mark.parametrize(
    ("alike", "words"),
    [
        ({}, "No study that says anything of it resembles the area."),
        ({"4": True}, "The one study that resembles the area points both ways; of all 4, 2 point to better"),
        (
            {"1": True, "2": True, "3": True},
            "Of the 3 studies that resemble the area 2 point to better and 1 to worse; of",
        ),
    ],
)
def test_directions_are_counted_apart_where_there_is_no_number(alike, words) -> None:
    ways = (Direction.BETTER, Direction.BETTER, Direction.WORSE, Direction.MIXED)
    said = [
        Pointing(str(number), f"Study {number}", way, Basis.DESCRIBED, "“…”", Place("1", "…"), str(number))
        for number, way in enumerate(ways, 1)
    ]
    account = narrate(SCORE, Gathered(tuple(said), (), ()), OutcomeSettings(), NarrativeChoices())
    assert directions_beside(account, alike).words.startswith(words)


def test_the_finding_rests_on_every_fact_and_number() -> None:
    area = ours()

    def made(weeks: str, effects=ALL):
        whole = put_together(SCORE, effects, PoolingChoices())
        likeness = [facts({"weeks": weeks if number == 1 else "3"})[1] for number in range(1, 8)]
        return resemblance_finding(
            area, likeness, [(whole, beside_all(whole, LIKE))], case_key="a-case", on=date(2026, 11, 1),
            described_by="Ann", after_results=True, reports={},
        )  # fmt: skip

    first = made("3")
    assert first.statement.startswith("7 of 7 studies resemble Westmere. Test scores: With only")
    assert AFTER in first.cautions
    assert first.facts["Test scores, all studies"].startswith("0.30")
    assert made("3").fingerprint == first.fingerprint
    assert made("1").fingerprint != first.fingerprint
    assert made("3", [effect(1, 0.9), *ALL[1:]]).fingerprint != first.fingerprint


def test_each_study_as_csv() -> None:
    area = ours()
    _told, found = facts({"weeks": "1", "country": "=England"})
    rows = list(csv.reader(io.StringIO(resemblance_csv(area, [found]))))
    assert rows[0][:4] == ["Study", "Resembles it?", "Country", "Country: alike?"]
    assert rows[1][0] == "Westmere"
    assert rows[2][:4] == ["A", "no", "'=England", "alike"]
