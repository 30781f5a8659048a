"""Options are kept, changed, worked out and taken out, each with its record, by those who may."""

from datetime import date

import pytest

from tests.integration.plan.conftest import quantities, rating
from wherewithal.errors import BadInput, NothingThere
from wherewithal.plan.options import CostKind, CostLine, Delivery, Kind, Quantity, StaffLine
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import add_finding, refresh_finding, start_case, write_sentence
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.cases.queries import lines_of, present_needs
from wherewithal_web.people.permissions import Refused
from wherewithal_web.plan.options import actions, queries
from wherewithal_web.plan.options.models import CostFigure, Option

pytestmark = pytest.mark.django_db


def test_what_is_kept_reads_back_as_it_was_given(case, options):
    kept = queries.library_option(queries.option_for(case, "parent-groups"), 3)
    assert kept.delivery.start[0] == Quantity(40, 60, 70)
    assert kept.delivery.share_finish == Quantity(0.6, 0.75, 0.8)
    assert kept.costs[0].amounts[0] == Quantity(20_000, 30_000, 36_000)
    assert kept.costs[0].kind is CostKind.TRAINING
    assert kept.costs[0].from_grant
    assert kept.staff[0].training_weeks == 14


def test_each_change_is_recorded_with_what_was(people, case, options):
    actions.change_option(by=people.colleague, option=options.groups, name="Parent groups, evenings")
    event = Event.objects.filter(case=case.slug).first()
    assert (event.actor_name, event.action) == ("Col League", "options.change_option")
    assert event.details["was"]["name"] == "Parent groups"
    assert event.details["is"]["name"] == "Parent groups, evenings"
    assert queries.option_for(case, "parent-groups").name == "Parent groups, evenings"


def test_changing_one_part_leaves_the_others(people, case, options):
    actions.change_option(by=people.commissioner, option=options.groups, costs=[])
    now = queries.library_option(queries.option_for(case, "parent-groups"), 3)
    assert now.costs == ()
    assert len(now.staff) == 1
    assert now.delivery.start
    assert not CostFigure.objects.filter(line__option=options.groups).exists()
    assert set(queries.option_for(case, "parent-groups").evidence.all()) == {options.research, options.voice}


def test_an_option_that_cannot_be_is_refused_and_nothing_is_kept(people, case, options):
    before = Option.objects.count(), Event.objects.count()
    with pytest.raises(BadInput, match="is business as usual already"):
        actions.add_option(by=people.commissioner, case=case, name="Also as now", kind=Kind.BUSINESS_AS_USUAL)
    with pytest.raises(BadInput, match="2 years"):
        actions.add_option(
            by=people.commissioner,
            case=case,
            name="Short",
            kind=Kind.PROGRAMME,
            costs=[CostLine("Pay", CostKind.RUNNING, "Northmoor", quantities("1", "2"))],
        )
    with pytest.raises(BadInput, match="trained of"):
        actions.change_option(
            by=people.commissioner,
            option=options.groups,
            staff=[StaffLine("leader", quantities("1", "1", "1"), 1, 2)],
        )
    assert (Option.objects.count(), Event.objects.count()) == before
    assert len(queries.library_option(queries.option_for(case, "parent-groups"), 3).staff) == 1


def test_names_make_addresses_that_never_meet_a_page(people, case, options):
    made = [
        actions.add_option(by=people.commissioner, case=case, name=name, kind=Kind.PROGRAMME).key
        for name in ("New", "Parent groups", "!!!", "Years")
    ]
    assert made == ["new-2", "parent-groups-2", "option", "years-2"]


def test_only_those_who_contribute_change_options(people, case, options):
    for person in (people.viewer, people.approver, people.parent, people.outsider, people.admin):
        for act in (
            lambda by: actions.set_horizon(by=by, case=case, first_year=2027, years=2, price_year=2026),
            lambda by: actions.add_option(by=by, case=case, name="X", kind=Kind.PROGRAMME),
            lambda by: actions.change_option(by=by, option=options.groups, name="X"),
            lambda by: actions.remove_option(by=by, option=options.groups),
            lambda by: actions.run_appraisal(by=by, case=case),
        ):
            with pytest.raises(Refused):
                act(person)
    assert queries.option_for(case, "parent-groups").name == "Parent groups"


def test_evidence_comes_from_the_cases_own_thread(people, case, options):
    other = start_case(by=people.commissioner, title="Another case")
    elsewhere = add_finding(by=people.commissioner, case=other, finding=rating("2", "Preliminary"))
    with pytest.raises(ValueError, match="own case's thread"):
        actions.change_option(by=people.commissioner, option=options.groups, evidence=[elsewhere])


def test_figures_go_on_the_thread_once_and_newer_ones_supersede_them(people, case, options):
    first = actions.run_appraisal(by=people.commissioner, case=case)
    assert [row.subject for row in first] == [
        f"options:{case.slug}:{key}" for key in ("carry-on-as-now", "parent-groups", "stop-the-service")
    ]
    assert first[1].finding.judged_by == "Cora Commissioner"
    assert first[1].finding.found_on == date(2026, 11, 23)
    assert first[1].finding.link == f"/cases/{case.slug}/options/parent-groups/"
    assert queries.comparison_of(case).on_thread
    assert actions.run_appraisal(by=people.colleague, case=case) == first
    sentence = write_sentence(
        by=people.commissioner, case=case, text="Groups cost more.", section="options", rests_on=[first[1]]
    )
    costs = [CostLine("Leaders", CostKind.RUNNING, "Northmoor", quantities("1,000", "1,000", "1,000"))]
    actions.change_option(by=people.commissioner, option=options.groups, costs=costs)
    columns = {column.row.key: column for column in queries.comparison_of(case).columns}
    assert not columns["parent-groups"].on_thread
    assert columns["carry-on-as-now"].on_thread
    (newer,) = actions.run_appraisal(by=people.commissioner, case=case, only=options.groups)
    assert newer.supersedes == first[1]
    drift = next(line.drift for line in lines_of(case) if line.sentence == sentence)
    assert "Cost over 3 years" in drift[0].change.words
    assert "was £" in drift[0].change.words


def test_made_up_cases_make_made_up_findings(people, options, case):
    case.made_up_figures = True
    case.save()
    assert all(row.finding.made_up for row in actions.run_appraisal(by=people.commissioner, case=case))


def test_taking_an_option_out_keeps_its_figures_in_the_history(people, case, options):
    stored = actions.run_appraisal(by=people.commissioner, case=case)
    actions.remove_option(by=people.commissioner, option=options.stop)
    assert [row.key for row in queries.options_of(case)] == ["carry-on-as-now", "parent-groups"]
    assert Event.objects.filter(case=case.slug).first().details["costs"][0]["label"] == "Redundancy"
    assert StoredFinding.objects.filter(pk__in=[row.pk for row in stored]).count() == 3


def test_needs_of_the_stage_are_reported_as_they_are_met(people, case, options):
    def met():
        return present_needs(case, lines_of(case)) & {
            "business as usual",
            "two alternatives",
            "costed",
            "staffed",
        }

    assert met() == {"business as usual", "two alternatives", "costed", "staffed"}
    actions.add_option(by=people.commissioner, case=case, name="An idea", kind=Kind.PROGRAMME)
    assert met() == {"business as usual", "two alternatives"}
    actions.remove_option(by=people.commissioner, option=options.as_now)
    assert met() == {"two alternatives"}


def test_a_case_without_options_has_none_of_it(case):
    assert queries.comparison_of(case).rows == ()
    assert not present_needs(case, lines_of(case)) & {"business as usual", "costed", "staffed"}


def test_more_years_ask_for_more_figures_and_fewer_leave_some_out(people, case, options):
    actions.set_horizon(by=people.commissioner, case=case, first_year=2027, years=4, price_year=2026)
    comparison = queries.comparison_of(case)
    assert comparison.appraisal is None
    assert "3 years" in str(comparison.problem)
    with pytest.raises(BadInput):
        actions.run_appraisal(by=people.commissioner, case=case)
    # a part can be put right although the others still lack a year
    actions.change_option(
        by=people.commissioner,
        option=options.stop,
        costs=[CostLine("Redundancy", CostKind.RUNNING, "Northmoor", quantities("1", "0", "0", "0"))],
    )
    actions.set_horizon(by=people.commissioner, case=case, first_year=2027, years=2, price_year=2026)
    appraisal = queries.comparison_of(case).appraisal
    assert appraisal.result("parent-groups").total_cost.expected == 291_000
    with pytest.raises(NothingThere, match="green-book-2026"):
        actions.set_horizon(
            by=people.commissioner, case=case, first_year=2027, years=2, price_year=2026, pack="other"
        )


def test_a_rating_that_changed_shows_beside_the_option_that_cites_it(people, case, options):
    refresh_finding(by=people.champion, finding=rating("mixed", "Mixed"))
    groups = queries.comparison_of(case).columns[1]
    assert groups.research[0].finding.band == "Mixed"
    assert "was 4+, now mixed" in groups.research[0].changes[0].words
    assert groups.voice[0].finding.facts["Said"] == "Evening groups near home"


def test_families_are_asked_about_only_with_a_share_who_finish(people, case, options):
    made = actions.add_option(
        by=people.commissioner,
        case=case,
        name="No share",
        kind=Kind.PROGRAMME,
        delivery=Delivery(quantities("5", "5", "5")),
    )
    result = queries.comparison_of(case).appraisal.result(made.key)
    assert result.cost_for_each_finisher is None


def test_what_rests_on_an_option_is_told_when_it_is_taken_out(people, case, options):
    row = queries.options_of(case)[-1]
    [cost] = actions.run_appraisal(by=people.colleague, case=case, only=row)
    write_sentence(by=people.colleague, case=case, text="It is cheap.", section="options", rests_on=[cost])
    actions.remove_option(by=people.colleague, option=row)
    [drift] = lines_of(case)[-1].drift
    assert "was taken out of the case" in drift.change.words
    again = actions.add_option(by=people.colleague, case=case, name=row.name, kind=Kind.PROGRAMME)
    assert again.key != row.key
