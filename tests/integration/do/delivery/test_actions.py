"""What delivery's actions do, refuse and write down."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from wherewithal.do.delivery import FigureKind, Polarity, ReadingKind
from wherewithal.errors import BadInput
from wherewithal_web.audit.models import Event
from wherewithal_web.cases import queries as cases
from wherewithal_web.cases.actions import write_sentence
from wherewithal_web.do.delivery import actions, queries
from wherewithal_web.do.delivery.models import Delivery, OutcomeMeasure, Reading
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2024, 9, 1), date(2025, 9, 1)
BASELINE, RESULT = ReadingKind.BASELINE, ReadingKind.RESULT


def present(case) -> set[str]:
    return cases.present_needs(case, cases.lines_of(case))


def test_provider_and_start_are_noted_and_their_changes_kept(people, case) -> None:
    assert not present(case) & {"provider", "start"}
    actions.set_delivery(by=people.colleague, case=case, provider="Family Hubs", starts_on=None)
    assert present(case) >= {"provider"}
    actions.set_delivery(by=people.colleague, case=case, provider="Home-Start", starts_on=AFTER)
    assert present(case) >= {"provider", "start"}
    assert Delivery.objects.get().provider == "Home-Start"
    event = Event.objects.filter(action="delivery.set_delivery").first()
    assert event.details == {"provider": ["Family Hubs", "Home-Start"], "starts_on": ["", "2025-09-01"]}
    assert event.summary == "noted that Home-Start delivers it and that it starts on 1 September 2025"


def test_saving_the_same_again_is_no_event(people, case) -> None:
    for _time in range(2):
        actions.set_delivery(by=people.colleague, case=case, provider="Family Hubs", starts_on=AFTER)
    assert Event.objects.filter(action="delivery.set_delivery").count() == 1


def test_a_baseline_goes_onto_the_thread(people, case, measure) -> None:
    stored = actions.record_reading(
        by=people.colleague, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=38
    )
    finding = stored.finding
    assert finding.subject == f"delivery:{case.slug}:{measure.key}:baseline"
    assert finding.judged_by == "Col League"
    assert finding.link == f"/cases/{case.slug}/delivery/#measure-{measure.key}"
    assert round(finding.value, 1) == 59.4
    assert stored.pk in cases.stored_findings_of(case)
    assert present(case) >= {"measure", "baseline"}
    assert "result" not in present(case)


def test_two_measures_of_one_name_have_keys_of_their_own(people, case, measure) -> None:
    again = actions.add_measure(
        by=people.colleague,
        case=case,
        name=measure.name,
        kind=FigureKind.MEAN,
        polarity=Polarity.LOWER,
        how="Again",
        validated=False,
        unit="points",
    )
    assert again.key == f"{measure.key}-2"


def test_a_correction_is_drift_under_the_sentence_and_keeps_the_older_figure(people, case, measure) -> None:
    by = people.colleague
    stored = actions.record_reading(by=by, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=38)
    write_sentence(by=by, case=case, text="Many need it.", section="review", rests_on=[stored])
    actions.record_reading(by=by, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=30)
    (line,) = cases.lines_of(case)
    assert [each.change.words for each in line.drift] == ["Counted: was 38, now 30."]
    shown = queries.measures_of(case)[0]
    assert [reading.newest for reading in shown.readings] == [False, True]
    assert shown.newest("baseline").row.count == 30


def test_a_later_start_makes_a_baseline_timely_and_an_earlier_one_late(people, case, measure) -> None:
    by = people.colleague
    stored = actions.record_reading(by=by, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=38)
    assert stored.finding.cautions == ()
    actions.set_delivery(by=by, case=case, provider="", starts_on=date(2024, 8, 1))
    late = queries.measures_of(case)[0].newest("baseline").stored
    assert "after the service had started" in late.finding.cautions[0]
    actions.set_delivery(by=by, case=case, provider="", starts_on=date(2024, 10, 1))
    assert queries.measures_of(case)[0].newest("baseline").stored.finding.cautions == ()


def test_made_up_figures_of_a_demonstration_say_so(people, case, measure) -> None:
    case.made_up_figures = True
    case.save()
    measure.refresh_from_db()
    stored = actions.record_reading(
        by=people.colleague, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=38
    )
    assert stored.finding.made_up


def test_a_result_needs_a_baseline_and_comes_after_it(people, case, measure) -> None:
    by = people.colleague
    with pytest.raises(Refused, match="no baseline yet"):
        actions.record_reading(by=by, measure=measure, kind=RESULT, on=AFTER, families=60, count=27)
    actions.record_reading(by=by, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=38)
    with pytest.raises(BadInput, match="a day after the baseline of 1 September 2024"):
        actions.record_reading(by=by, measure=measure, kind=RESULT, on=BEFORE, families=60, count=27)
    actions.record_reading(by=by, measure=measure, kind=RESULT, on=AFTER, families=60, count=27)
    assert "result" in present(case)
    with pytest.raises(BadInput, match="a day before the result"):
        actions.record_reading(by=by, measure=measure, kind=BASELINE, on=AFTER, families=64, count=38)


@pytest.mark.parametrize(
    "figures",
    [
        {"on": BEFORE, "families": 10, "count": 11},
        {"on": BEFORE, "families": 10},
        {"on": BEFORE, "families": 10, "mean": 4.0},
        {"on": date(2999, 1, 1), "families": 10, "count": 3},
    ],
)
def test_figures_that_do_not_fit_leave_nothing_behind(people, case, measure, figures) -> None:
    with pytest.raises(BadInput):
        actions.record_reading(by=people.colleague, measure=measure, kind=BASELINE, **figures)
    assert not Reading.objects.exists()
    assert not cases.stored_findings_of(case)


def test_a_measure_goes_only_while_it_is_unused(people, case, measure) -> None:
    by = people.colleague
    actions.record_reading(by=by, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=38)
    with pytest.raises(Refused, match="has figures already"):
        actions.remove_measure(by=by, measure=measure)
    unused = actions.add_measure(
        by=by,
        case=case,
        name="Other",
        kind=FigureKind.SHARE,
        polarity=Polarity.HIGHER,
        how="So",
        validated=True,
    )
    actions.remove_measure(by=by, measure=unused)
    assert list(OutcomeMeasure.objects.all()) == [measure]


def test_a_measure_that_is_not_complete_is_refused(people, case) -> None:
    with pytest.raises(BadInput, match="not complete"):
        actions.add_measure(
            by=people.colleague,
            case=case,
            name="Something",
            kind=FigureKind.SHARE,
            polarity=Polarity.LOWER,
            how=" ",
            validated=True,
        )


@pytest.mark.parametrize("who", ["viewer", "approver", "outsider", "parent", "admin"])
def test_only_who_contributes_may_record(people, case, measure, who) -> None:
    by = getattr(people, who)
    with pytest.raises(Refused):
        actions.set_delivery(by=by, case=case, provider="Hubs", starts_on=None)
    with pytest.raises(Refused):
        actions.add_measure(
            by=by,
            case=case,
            name="X",
            kind=FigureKind.SHARE,
            polarity=Polarity.LOWER,
            how="Y",
            validated=True,
        )
    with pytest.raises(Refused):
        actions.remove_measure(by=by, measure=measure)
    with pytest.raises(Refused):
        actions.record_reading(by=by, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=38)
    assert not Event.objects.filter(action__startswith="delivery.", actor_id=by.pk).exists()


def test_the_database_itself_refuses_to_change_a_reading(people, case, measure) -> None:
    actions.record_reading(
        by=people.colleague, measure=measure, kind=BASELINE, on=BEFORE, families=64, count=38
    )
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE delivery_reading SET count = 1")
