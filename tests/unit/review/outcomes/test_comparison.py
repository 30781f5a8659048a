"""The baseline beside the result: read back from the thread, and never more said than is shown."""

from datetime import date

import pytest

from tests.unit.do.delivery.readings import counted, score, scored, share
from wherewithal.do.delivery import Polarity, ReadingKind, reading_finding
from wherewithal.review.outcomes import (
    BEFORE_AND_AFTER,
    Direction,
    compare,
    measured,
    review_finding,
    when_due,
)
from wherewithal.thread import Finding, Input, Lane, Method, Thread, changes_to

TODAY = date(2027, 9, 3)
RESULT = ReadingKind.RESULT


def on_the_thread(reading, **changes):
    return measured(reading_finding(reading, **({"case": "parenting", "found_on": TODAY} | changes)))


def compared(before, after):
    return compare(on_the_thread(before), on_the_thread(after))


def test_a_reading_comes_back_from_the_thread_whole():
    share_ = on_the_thread(counted(38, 64))
    assert (share_.measure, share_.kind, share_.count, share_.families) == ("high-needs", "baseline", 38, 64)
    assert share_.is_share
    assert not share_.higher_is_better
    average = on_the_thread(scored(17.25, 6.1, 40, RESULT, score(polarity=Polarity.HIGHER)))
    assert (average.mean, average.sd, average.families, average.kind) == (17.25, 6.1, 40, "result")
    assert average.higher_is_better
    assert on_the_thread(counted(3, 4)).families is None


@pytest.mark.parametrize("subject", ["needs:1:2", "delivery:case", "delivery:case:measure:staffing"])
def test_other_findings_are_no_readings(subject):
    other = Finding(
        Lane.LOCAL_DATA, subject, "Title", "Statement", Method("m", "1"), (Input("x", "y"),), (), TODAY
    )
    assert measured(other) is None


def test_a_reading_without_its_facts_is_an_error_and_not_a_gap():
    broken = Finding(
        Lane.LOCAL_DATA, "delivery:c:m:result", "T", "S", Method("m", "1"), (Input("x", "y"),), (), TODAY
    )
    with pytest.raises(ValueError, match="lacks the fact"):
        measured(broken)


def test_a_clear_change_is_said_with_its_range_and_its_way():
    # Newcombe's example, the other way round: 80.0% before, 60.0% after
    comparison = compared(counted(56, 70), counted(48, 80, RESULT))
    assert comparison.difference == pytest.approx(-20)
    assert comparison.direction is Direction.BETTER
    assert comparison.statement == (
        "20.0 percentage points lower after the start "
        "(95% interval 5.2 to 33.4 lower). Lower is better, so this went the right way."
    )


def test_the_same_change_is_the_wrong_way_where_higher_is_better():
    measure = share(polarity=Polarity.HIGHER)
    comparison = compared(counted(56, 70, measure=measure), counted(48, 80, RESULT, measure))
    assert comparison.direction is Direction.WORSE
    assert "wrong way" in comparison.meaning


def test_a_range_across_no_change_may_be_chance():
    comparison = compared(counted(38, 64), counted(27, 60, RESULT))
    assert comparison.direction is Direction.UNCLEAR
    assert comparison.range_words == "95% interval 30.7 lower to 3.1 higher"
    assert "could be chance" in comparison.statement


def test_it_never_claims_a_cause():
    for after in (counted(5, 64, RESULT), counted(60, 64, RESULT), counted(2, 3, RESULT)):
        assert compared(counted(38, 64), after).cautions[0] == BEFORE_AND_AFTER


def test_fewer_families_after_than_before_is_a_caution():
    cautions = compared(counted(38, 64), counted(20, 41, RESULT)).cautions
    assert any("64 families were measured before and 41 after" in caution for caution in cautions)


def test_too_few_families_are_not_compared():
    comparison = compared(counted(38, 64), counted(2, 3, RESULT))
    assert comparison.difference is None
    assert "Too few families stand behind the result" in comparison.statement
    assert not comparison.range_words


def test_averages_are_compared_with_their_spread():
    comparison = compared(scored(17.2, 6.1, 64), scored(13.9, 5.8, 60, RESULT))
    assert comparison.change_words == "3.3 points lower"
    assert comparison.direction is Direction.BETTER
    assert comparison.interval.high < 0


def test_averages_without_spread_give_a_difference_and_say_what_is_missing():
    comparison = compared(scored(17.2, None, 64), scored(13.9, 5.8, 60, RESULT))
    assert comparison.difference == pytest.approx(-3.3)
    assert comparison.interval is None
    assert comparison.direction is Direction.UNKNOWN
    assert "more than chance" in comparison.statement


def test_no_difference_is_said_in_words():
    assert compared(counted(32, 64), counted(32, 64, RESULT)).change_words == "no difference"


def test_two_measures_are_not_compared():
    with pytest.raises(ValueError, match="not the same measure"):
        compared(counted(3, 9), scored(3, 1, 9, RESULT))


def test_a_corrected_reading_is_drift_under_the_comparison():
    before, after = on_the_thread(counted(38, 64)), on_the_thread(counted(27, 60, RESULT))
    learned = review_finding(compare(before, after), case="parenting", found_on=TODAY)
    corrected = on_the_thread(counted(30, 64)).finding
    every = (before.finding, after.finding, learned, corrected)
    thread = Thread(
        {finding.fingerprint: finding for finding in every},
        {before.finding.fingerprint: corrected.fingerprint},
    )
    changes = changes_to(learned, thread, today=TODAY)
    assert [change.newer for change in changes] == [corrected.fingerprint]
    assert "Counted: was 38, now 30" in changes[0].words


def test_what_we_learned_is_local_data_and_made_up_where_a_reading_is():
    before = on_the_thread(counted(38, 64), made_up=True)
    learned = review_finding(
        compare(before, on_the_thread(counted(27, 60, RESULT))), case="parenting", found_on=TODAY
    )
    assert learned.lane is Lane.LOCAL_DATA
    assert learned.subject == "outcomes:parenting:high-needs"
    assert learned.title.startswith("What we learned")
    assert learned.made_up
    assert learned.cautions[0] == BEFORE_AND_AFTER


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2027, 9, 3), "due today, 3 September 2027"),
        (date(2027, 9, 2), "overdue by 1 day: it was due on 2 September 2027"),
        (date(2027, 8, 3), "overdue by 4 weeks: it was due on 3 August 2027"),
        (date(2027, 9, 24), "due on 24 September 2027, in 3 weeks"),
        (date(2028, 9, 3), "due on 3 September 2028, in about 12 months"),
    ],
)
def test_when_a_review_is_due_in_words(due, words):
    assert when_due(due, TODAY) == words
