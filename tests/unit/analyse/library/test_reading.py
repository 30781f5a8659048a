"""Real cases: registers that disagree, as in the starter editions (copies of April 2026)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.library import (
    RULES,
    Band,
    Programme,
    ProgrammeReading,
    Standing,
    catalogue,
    read_programme,
    registers,
    standing,
    starter_editions,
)
from wherewithal.analyse.library.rules import BAND_MEANINGS, PADLOCKS_FOR_GOOD, PADLOCKS_FOR_NONE, fired, says

from .making import TODAY, rated


@cache
def readings() -> dict[str, ProgrammeReading]:
    editions = defaultdict(list)
    for edition in starter_editions():
        editions[edition.register].append(edition)
    rows: dict[Programme, list[Standing]] = defaultdict(list)
    for register in (key for key in editions if registers()[key].rates):
        for row in standing(editions[register]).values():
            rows[catalogue().match(register, row.row.programme).programme].append(row)
    return {
        programme.slug: read_programme(programme, found, today=TODAY) for programme, found in rows.items()
    }


def native(slug: str) -> dict[str, str]:
    return {view.register.key: view.native for view in readings()[slug].views}


def facts(slug: str) -> dict[str, str]:
    return {fact.name: fact.words for fact in readings()[slug].facts}


def test_good_behaviour_game() -> None:
    found = readings()["good-behaviour-game"]
    assert native("good-behaviour-game") == {
        "blueprints": "promising",
        "eef-projects": "0 months; no effect on reading or behaviour on average",
        "what-works-clearinghouse": "no rating in our copy",
        "wsipp": "costs and benefits only",
    }
    assert (found.band, found.rule.key) == (Band.MIXED, "mixed-rigorous")
    assert facts("good-behaviour-game") == {
        "Best design": "randomised trial",
        "Replicated": "not shown",
        "Lasting a year": "not shown",
        "Direction": "both ways",
        "Tested in the UK": "yes",
    }
    assert found.disagreement is not None
    assert found.disagreement.opposed
    assert "Blueprints is an American register" in found.disagreement.why
    assert "the EEF trial measured behaviour and reading at ages 7 to 8 in the UK" in found.disagreement.why


def test_paths_elementary() -> None:
    found = readings()["paths-elementary"]
    assert native("paths-elementary") == {
        "foundations-guidebook": "3+",
        "blueprints": "model",
        "eef-projects": "no effect on attainment found",
    }
    assert (found.band, found.rule.key) == (Band.MIXED, "mixed-rigorous")
    assert found.disagreement is not None
    assert found.disagreement.heading == "Registers disagree about this programme"
    assert any("does not say which version" in caution for caution in found.cautions)
    assert "paths-preschool" in readings()
    assert readings()["paths-preschool"].band is Band.NOT_ENOUGH


def test_multisystemic_therapy() -> None:
    found = readings()["multisystemic-therapy"]
    assert native("multisystemic-therapy") == {
        "foundations-guidebook": "no rating in our copy",
        "title-iv-e": "well-supported",
        "blueprints": "model",
        "trials-and-evaluations": "no better than usual support",
        "wsipp": "costs and benefits only",
    }
    assert (found.band, found.rule.key) == (Band.MIXED, "mixed-rigorous")
    assert "Foundations Guidebook" not in dict(found.disagreement.alone)


def test_an_adaptation_that_one_register_could_not_rate() -> None:
    found = readings()["multisystemic-therapy-for-child-abuse-and-neglect"]
    assert found.band is Band.GOOD
    assert found.disagreement is not None
    assert not found.disagreement.opposed
    assert "is not a finding that it fails" in found.disagreement.why


def test_functional_family_therapy() -> None:
    found = readings()["functional-family-therapy"]
    assert native("functional-family-therapy") == {
        "foundations-guidebook": "3+*",
        "title-iv-e": "well-supported",
        "blueprints": "model",
        "wsipp": "costs and benefits only",
    }
    assert (found.band, found.rule.key) == (Band.MIXED, "mixed-by-the-register")
    assert "The Guidebook marks its own findings as mixed." in found.disagreement.notes


def test_incredible_years_preschool() -> None:
    found = readings()["incredible-years-preschool"]
    assert native("incredible-years-preschool") == {
        "foundations-guidebook": "4+",
        "nes": "no rating in our copy",
    }
    assert (found.band, found.rule.key) == (Band.STRONG, "strong")
    assert found.cautions[0] == "Old reviews: Foundations Guidebook, ten years (July 2016)."
    assert found.ages_offered == (
        ("Foundations Guidebook", "3 to 6"),
        ("NES Early Intervention Framework", "3 to 6"),
    )
    assert found.ages_evaluated == (("Foundations Guidebook", "2 to 9"),)
    assert facts("incredible-years-preschool")["Replicated"] == "yes, by others"
    assert found.disagreement is None


def test_a_family_is_not_a_programme() -> None:
    toddler, preschool = readings()["incredible-years-toddler"], readings()["incredible-years-preschool"]
    assert (toddler.band, preschool.band) == (Band.GOOD, Band.STRONG)
    assert toddler.programme.family == preschool.programme.family
    assert toddler.disagreement.heading == "Registers differ in how sure they are"


def test_epec() -> None:
    found = readings()["empowering-parents-empowering-communities"]
    assert native("empowering-parents-empowering-communities")["foundations-guidebook"] == "3"
    assert found.band is Band.GOOD
    assert facts("empowering-parents-empowering-communities")["Tested in the UK"] == "yes"


def test_level_4_group_triple_p() -> None:
    found = readings()["level-4-group-triple-p"]
    assert native("level-4-group-triple-p") == {
        "foundations-guidebook": "3+",
        "wsipp": "costs and benefits only",
    }
    assert found.band is Band.GOOD
    assert facts("level-4-group-triple-p")["Replicated"] == "only by weaker studies"
    assert "Old reviews: Foundations Guidebook, six years (November 2019)." in found.cautions
    assert "None of our copies shows a test in the UK." in found.cautions


def test_strong_elsewhere_and_not_reproduced_here() -> None:
    assert readings()["nurse-family-partnership"].band is Band.STRONG
    assert readings()["family-nurse-partnership"].band is Band.MIXED


def test_toolkit_approaches_are_read_by_padlocks_and_months() -> None:
    bands = {
        "social-and-emotional-learning": Band.GOOD,
        "metacognition-and-self-regulation": Band.GOOD,
        "homework": Band.PRELIMINARY,
        "repeating-a-year": Band.NO_EFFECT,
        "setting-and-streaming": Band.NOT_ENOUGH,
        "learning-styles": Band.NOT_ENOUGH,
        "scared-straight": Band.NO_EFFECT,
    }
    assert {slug: readings()[slug].band for slug in bands} == bands


def test_a_value_whose_meaning_was_not_checked_says_so() -> None:
    found = readings()["second-step-elementary"]
    assert found.band is Band.GOOD
    assert (
        "What 'evidence 4+ (usability 4; supports 4)' asks for was not checked at its source."
        in found.cautions
    )
    assert not any("not checked at its source" in line for line in readings()["paths-elementary"].cautions)


def test_costs_and_benefits_stand_beside_a_reading_and_never_make_it() -> None:
    alone = readings()["guiding-good-choices"]
    assert (alone.band, alone.rule.key) == (Band.NOT_ENOUGH, "not-enough")
    assert native("guiding-good-choices") == {"wsipp": "costs and benefits only"}
    # A chance of 96% that benefits exceed costs leaves a promising rating where it was.
    assert readings()["child-parent-psychotherapy"].band is Band.GOOD


def test_a_range_over_a_family_of_courses_is_shown_and_says_nothing() -> None:
    assert native("families-and-schools-together")["nes"].startswith("evidence 1+ to 4")
    speaking = [view for view in readings()["families-and-schools-together"].views if not view.says.silent]
    assert "nes" not in [view.register.key for view in speaking]


def test_a_warning_of_two_toolkits() -> None:
    found = readings()["prison-awareness-programmes"]
    assert (found.band, found.rule.key) == (Band.NO_EFFECT, "harm")
    assert found.programme.family == readings()["scared-straight"].programme.family


def test_an_older_strength_of_evidence_stands_and_says_so() -> None:
    found = readings()["parental-engagement-early-years"]
    assert native("parental-engagement-early-years") == {
        "eef-early-years-toolkit": "moderate evidence, +5 months"
    }
    assert found.band is Band.GOOD
    assert any("PDF of 11 June 2018" in caution for caution in found.cautions)


# --- what must always hold ------------------------------------------------------------------------------

ANY_ROW = st.one_of(
    *(
        st.builds(
            rated,
            st.just(one.key),
            st.sampled_from([value.native for value in one.values]),
            months=st.one_of(st.none(), st.integers(-4, 8)) if one.months else st.none(),
        )
        for one in registers().values()
        if one.values
    )
)
SILENT = st.sampled_from(
    [
        rated("foundations-guidebook", ""),
        rated("foundations-guidebook", "NL2"),
        rated("title-iv-e", "does not currently meet criteria"),
        rated("eef-projects", "no result"),
        rated("eef-toolkit", "0"),
        rated("nes", "1+"),
        rated("wsipp", "", economics="Benefits minus costs: $1."),
        rated("wsipp", "evidence-based"),
        rated("wsipp", "poor"),
    ]
)


@given(st.lists(ANY_ROW, min_size=1, max_size=4), SILENT)
def test_what_says_nothing_never_changes_a_band(rows: list[Standing], silent: Standing) -> None:
    assert fired([says(row) for row in rows]) == fired([says(row) for row in [*rows, silent]])


@given(st.lists(ANY_ROW, min_size=1, max_size=4), st.randoms())
def test_the_order_of_registers_does_not_matter(rows: list[Standing], chance) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert fired([says(row) for row in rows]) == fired([says(row) for row in shuffled])


@given(ANY_ROW)
def test_an_approach_is_never_strong(row: Standing) -> None:
    if registers()[row.register].approaches:
        assert fired([says(row)]).band is not Band.STRONG


def test_every_band_has_a_rule_and_every_rule_can_fire() -> None:
    assert {rule.band for rule in RULES} == set(Band) == set(BAND_MEANINGS)
    seen = {reading.rule.key for reading in readings().values()}
    made = [
        [rated("eef-projects", "no effect found"), rated("foundations-guidebook", "2")],
        [rated("eef-projects", "harm found")],
    ]
    seen |= {fired([says(row) for row in rows]).key for rows in made}
    assert seen == {rule.key for rule in RULES}


def test_the_printed_padlocks_are_the_ones_used() -> None:
    printed = {rule.key: rule.text for rule in RULES}
    assert f"{PADLOCKS_FOR_GOOD} padlocks or more" in printed["good-average"]
    assert f"from {PADLOCKS_FOR_NONE} padlocks" in printed["harm"]
    assert f"from {PADLOCKS_FOR_NONE} padlocks" in printed["no-effect"]


def test_a_programme_without_rows_is_not_read() -> None:
    with pytest.raises(ValueError, match="no register row"):
        read_programme(Programme("x", "X"), [], today=TODAY)
