"""The rules over every combination of answers, and against the decision tables as published.

A "probably" acts like its plain answer (tested), so tables are walked with three answers a question.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.appraisal.instrument import Domain, Instrument
from wherewithal.analyse.reviews.appraisal.proposing import asked, propose, propose_overall, worst
from wherewithal.analyse.reviews.appraisal.reading import instrument, instruments

DOMAINS = [(made, domain) for made in instruments() for domain in made.domains]
NAMES = [f"{made.key}-{domain.key}" for made, domain in DOMAINS]


def plain_answers(domain: Domain) -> list[tuple[str, ...]]:
    return [tuple(code for code in each.answers if code not in ("PY", "PN")) for each in domain.questions]


def combinations(domain: Domain) -> Iterator[dict[str, str]]:
    numbers = [each.number for each in domain.questions]
    for codes in product(*plain_answers(domain)):
        yield dict(zip(numbers, codes, strict=True))


@pytest.mark.parametrize(("made", "domain"), DOMAINS, ids=NAMES)
def test_every_combination_of_answers_comes_to_a_judgement(made: Instrument, domain: Domain) -> None:
    for answers in combinations(domain):
        assert propose(made, domain, answers).judgement, answers


@pytest.mark.parametrize(("made", "domain"), DOMAINS, ids=NAMES)
def test_a_worse_answer_never_gives_a_better_judgement(made: Instrument, domain: Domain) -> None:
    # Where "no information" is a judgement of its own, knowing of a fault that was put right is better than not
    # knowing: it is compared among answers only.
    skip = "NI" if made.key == "robins-i" else ""
    place = {each.key: each.place for each in made.judgements}
    found = {
        tuple(answers.values()): place[propose(made, domain, answers).judgement]
        for answers in combinations(domain)
        if skip not in answers.values() or not skip
    }
    # An answer that no rule names only leads to other questions, and is neither better nor worse by itself.
    named = {number for rule in domain.rules for number in rule.when}
    for codes, here in found.items():
        for number, there in enumerate(plain_answers(domain)):
            if domain.questions[number].number not in named:
                continue
            for worse in there[there.index(codes[number]) + 1 :]:
                other = found.get((*codes[:number], worse, *codes[number + 1 :]))
                assert other is None or other >= here, (codes, worse)


@given(st.data())
def test_a_probable_answer_acts_like_the_plain_one(data: st.DataObject) -> None:
    made, domain = data.draw(st.sampled_from(DOMAINS))
    answers = {each.number: data.draw(st.sampled_from(each.answers)) for each in domain.questions}
    plain = {n: code[1:] if code in ("PY", "PN") else code for n, code in answers.items()}
    assert propose(made, domain, answers).judgement == propose(made, domain, plain).judgement


@given(st.data())
def test_answers_that_are_not_asked_for_count_for_nothing(data: st.DataObject) -> None:
    made, domain = data.draw(st.sampled_from(DOMAINS))
    answers = {each.number: data.draw(st.sampled_from(each.answers)) for each in domain.questions}
    called = {each.number for each in asked(domain, answers)}
    only = {n: code for n, code in answers.items() if n in called}
    assert propose(made, domain, answers) == propose(made, domain, only)


@given(st.data())
def test_better_reporting_alone_never_makes_a_judgement_of_rob_2_worse(data: st.DataObject) -> None:
    made = instrument("rob-2")
    domain = data.draw(st.sampled_from(made.domains))
    answers = {each.number: data.draw(st.sampled_from(each.answers)) for each in domain.questions}
    found = propose(made, domain, answers)
    assert worst(made.judgements, [found.judgement, found.without_gaps]) == found.judgement


L, S, H = "low", "some", "high"
ROB_2 = {
    # Guidance of 22 August 2019: the table behind each domain's figure. None: any answer, or not asked.
    "randomisation": [
        ("Y Y N", L), ("NI Y NI", L), ("Y Y Y", S), ("NI Y Y", S), ("N Y N", S), ("N Y Y", S),
        ("Y NI N", S), ("N NI NI", S), ("Y NI Y", H), ("Y N N", H), ("Y N Y", H),
    ],
    "deviations": [
        ("N N - - - Y -", L), ("N N - - - NI N", S), ("N N - - - N Y", H), ("N N - - - N NI", H),
        ("Y N N - - Y -", L), ("NI N N - - Y -", L), ("Y Y NI - - Y -", S), ("Y Y Y N - Y -", S),
        ("Y Y Y Y Y Y -", S), ("Y Y Y NI Y Y -", S), ("Y Y Y Y N Y -", H), ("N Y Y NI NI Y -", H),
        ("Y N N - - N N", S), ("Y Y NI - - N Y", H),
    ],
    "missing": [
        ("Y - - -", L), ("N Y - -", L), ("NI Y - -", L), ("N N N -", L), ("N N Y N", S), ("N N NI N", S),
        ("N N Y Y", H), ("NI N NI NI", H),
    ],
    "measurement": [
        ("Y - - - -", H), ("N Y - - -", H), ("N N N - -", L), ("NI N Y N -", L), ("N N NI Y N", S),
        ("N N Y Y Y", H), ("N N Y NI NI", H), ("N NI N - -", S), ("N NI Y N -", S), ("N NI Y Y N", S),
        ("N NI Y Y NI", H),
    ],
    "reporting": [
        ("Y N N", L), ("N N N", S), ("NI N N", S), ("Y NI N", S), ("Y N NI", S), ("Y NI NI", S),
        ("Y Y N", H), ("N N Y", H), ("NI Y NI", H),
    ],
}  # fmt: skip


@pytest.mark.parametrize("key", list(ROB_2))
def test_rob_2_follows_its_published_tables(key: str) -> None:
    made = instrument("rob-2")
    domain = made.domain(key)
    for row, judgement in ROB_2[key]:
        codes = dict(zip([each.number for each in domain.questions], row.split(), strict=True))
        answers = {number: code for number, code in codes.items() if code != "-"}
        assert {each.number for each in asked(domain, answers)} <= set(answers), row
        assert propose(made, domain, answers).judgement == judgement, row


def test_nothing_is_proposed_while_an_answer_is_missing() -> None:
    made = instrument("rob-2")
    found = propose(made, made.domain("missing"), {"3.1": "N", "3.2": "N"})
    assert (found.judgement, found.missing) == ("", ("3.3",))


def test_what_was_not_reported_is_told_from_what_was_done_badly() -> None:
    made = instrument("rob-2")
    silent = propose(made, made.domain("missing"), {"3.1": "NI", "3.2": "N", "3.3": "NI", "3.4": "NI"})
    bad = propose(made, made.domain("missing"), {"3.1": "N", "3.2": "N", "3.3": "Y", "3.4": "Y"})
    assert (silent.judgement, silent.without_gaps, silent.for_want_of_information) == ("high", "low", True)
    assert (bad.judgement, bad.for_want_of_information) == ("high", False)
    robins = instrument("robins-i")
    found = propose(robins, robins.domain("deviations"), {"4.1": "NI"})
    assert not robins.judgement(found.judgement).known


def test_a_trial_is_as_bad_as_its_worst_domain() -> None:
    made = instrument("rob-2")
    keys = [each.key for each in made.domains]
    assert propose_overall(made, dict.fromkeys(keys, "low")).judgement == "low"
    one = propose_overall(made, dict.fromkeys(keys, "low") | {"missing": "some"})
    assert (one.judgement, len(one.because)) == ("some", 1)
    two = propose_overall(made, dict.fromkeys(keys, "low") | {"missing": "some", "reporting": "some"})
    assert two.judgement == "some"
    assert "a person may then judge" in two.because[1]
    assert propose_overall(made, dict.fromkeys(keys, "some") | {"missing": "high"}).judgement == "high"
    assert propose_overall(made, {"missing": "high"}).missing == tuple(k for k in keys if k != "missing")


def test_robins_i_keeps_no_information_apart_unless_something_is_serious() -> None:
    made = instrument("robins-i")
    keys = [each.key for each in made.domains]
    assert (
        propose_overall(made, dict.fromkeys(keys, "moderate") | {"missing": "unknown"}).judgement == "unknown"
    )
    assert (
        propose_overall(made, dict.fromkeys(keys, "unknown") | {"missing": "serious"}).judgement == "serious"
    )
    assert (
        propose_overall(made, dict.fromkeys(keys, "serious") | {"missing": "critical"}).judgement
        == "critical"
    )


@pytest.mark.parametrize(
    ("flaws", "confidence"),
    [
        ((), "high"),
        (("1",), "high"),
        (("1", "3"), "moderate"),
        (("1", "3", "5", "6", "8", "10", "12", "14", "16"), "moderate"),
        (("2",), "low"),
        (("2", "1", "3"), "low"),
        (("2", "15"), "critically_low"),
    ],
)
def test_amstar_2_rates_confidence_by_critical_flaws(flaws: tuple[str, ...], confidence: str) -> None:
    """The rule of Shea and others, BMJ 358 (2017) j4008."""
    made = instrument("amstar-2")
    judgements = {each.key: "flaw" if each.key in flaws else "met" for each in made.domains}
    assert propose_overall(made, judgements).judgement == confidence
    partly = {key: "partly" if each == "met" else each for key, each in judgements.items()}
    assert propose_overall(made, partly).judgement == confidence


def test_an_item_of_amstar_2_is_as_bad_as_its_worse_half() -> None:
    made = instrument("amstar-2")
    nine = made.domain("9")
    assert propose(made, nine, {"9.trials": "Y", "9.others": "NA"}).judgement == "met"
    assert propose(made, nine, {"9.trials": "Y", "9.others": "N"}).judgement == "flaw"


def test_a_checklist_without_a_score_proposes_none() -> None:
    made = instrument("casp-trial")
    assert propose_overall(made, {each.key: "yes" for each in made.domains}).judgement == ""


@pytest.mark.parametrize(
    ("answers", "judgement"),
    [
        ({"1.1": "Y", "1.2": "N", "1.4": "Y", "1.5": "Y", "1.6": "N"}, "moderate"),
        ({"1.1": "Y", "1.2": "Y", "1.3": "N", "1.4": "Y", "1.5": "Y", "1.6": "N"}, "moderate"),
        ({"1.1": "Y", "1.2": "Y", "1.3": "Y", "1.7": "Y", "1.8": "PY"}, "moderate"),
        ({"1.1": "Y", "1.2": "Y", "1.3": "PY", "1.7": "N", "1.1b": "N"}, "serious"),
        ({"1.1": "Y", "1.2": "Y", "1.3": "Y", "1.7": "PN", "1.1b": "Y"}, "critical"),
        ({"1.1": "Y", "1.2": "Y", "1.3": "Y", "1.7": "Y", "1.8": "N"}, "serious"),
        ({"1.1": "Y", "1.2": "Y", "1.3": "Y", "1.7": "NI", "1.1b": "N"}, "unknown"),
        ({"1.1": "N"}, "low"),
    ],
)
def test_differences_that_change_over_time_have_their_own_questions(answers, judgement) -> None:
    """The original's 1.2 and 1.3 lead to 1.4-1.6, or to 1.7-1.8 where people change over for a reason that counts."""
    made = instrument("robins-i")
    assert propose(made, made.domain("confounding"), answers).judgement == judgement
