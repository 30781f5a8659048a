"""The finding of a reading: same figures, same finding; small numbers nowhere on it; its cautions."""

from dataclasses import replace
from datetime import date

from tests.unit.do.delivery.readings import BEFORE, counted, scored, share
from wherewithal.do.delivery import ReadingKind, reading_finding
from wherewithal.thread import Lane

TODAY = date(2026, 9, 3)


def found(reading, **changes):
    return reading_finding(reading, **({"case": "parenting", "found_on": TODAY} | changes))


def test_it_is_local_data_on_a_subject_of_its_own():
    finding = found(counted(38, 64))
    assert finding.lane is Lane.LOCAL_DATA
    assert finding.subject == "delivery:parenting:high-needs:baseline"
    assert finding.statement == (
        "Baseline, 1 September 2026: 59.4% (38 of 64 families), 95% interval 47.1 to 70.5. Lower is better."
    )
    assert finding.unit == "%"
    assert finding.facts["Families"] == "64"
    assert finding.facts["Counted"] == "38"
    assert finding.cautions == ()


def test_the_same_figures_are_the_same_finding_and_others_are_not():
    first = found(counted(38, 64))
    assert found(counted(38, 64), found_on=date(2027, 1, 1)).fingerprint == first.fingerprint
    assert found(counted(39, 64)).fingerprint != first.fingerprint
    assert found(counted(38, 64, ReadingKind.RESULT)).subject != first.subject


def test_few_families_leave_no_figure_anywhere_on_it():
    finding = found(counted(3, 4))
    assert finding.value is None
    assert finding.interval is None
    assert "75" not in finding.statement
    assert finding.facts["Families"] == "fewer than 5"
    assert "Counted" not in finding.facts
    assert "recognised" in finding.cautions[0]
    # Four families have few possible figures: a hash of them could be guessed.
    assert found(counted(1, 2)).fingerprint == finding.fingerprint


def test_a_small_group_among_many_is_a_caution():
    assert "smaller than 5" in found(counted(3, 64)).cautions[0]
    assert "smaller than 5" in found(counted(62, 64)).cautions[0]
    assert found(counted(0, 64)).cautions == ()


def test_a_baseline_after_the_start_is_a_caution_and_another_finding():
    before = found(counted(38, 64), starts_on=BEFORE)
    late = found(counted(38, 64), starts_on=date(2026, 8, 1))
    assert before.cautions == ()
    assert "after the service had started" in late.cautions[0]
    assert late.fingerprint != before.fingerprint
    result = found(counted(38, 64, ReadingKind.RESULT), starts_on=date(2026, 8, 1))
    assert result.cautions == ()


def test_what_is_not_validated_or_has_no_spread_says_so():
    cautions = found(scored(17.2, None, 40, measure=share(kind=scored(1, 1, 9).measure.kind))).cautions
    assert any("standard deviation" in caution for caution in cautions)
    home_made = replace(counted(38, 64), measure=share(validated=False))
    assert any("Not a validated instrument" in caution for caution in found(home_made).cautions)


def test_made_up_figures_say_so_in_their_source():
    finding = found(counted(38, 64), made_up=True)
    assert finding.made_up
    assert "made up" in finding.sources[0].title
    assert finding.sources[1].title == "A published questionnaire"
