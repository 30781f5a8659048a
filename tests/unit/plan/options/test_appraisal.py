"""Appraisal: figures worked out by hand, what must always hold, and what is refused."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.plan.options.cases import AS_NOW, GROUPS, HORIZON, STOP, by_year
from wherewithal.errors import BadInput, NothingThere
from wherewithal.plan.options import (
    CostKind,
    CostLine,
    Delivery,
    Horizon,
    Kind,
    Option,
    Quantity,
    StaffLine,
    appraise,
    named_pack,
    option_finding,
    rows_of,
    spreadsheet_rows,
)
from wherewithal.thread import Finding, Lane

TODAY = date(2026, 11, 23)


@pytest.fixture
def appraisal():
    return appraise([AS_NOW, GROUPS, STOP], named_pack(), HORIZON)


def test_cost_by_year_and_present_cost_are_as_worked_out_by_hand(appraisal):
    groups = appraisal.result("groups")
    # 30,000 + 8,000 + 100,000 + 20,000; 11,000 + 150,000 + 40,000; 5,000 + 150,000 + 40,000
    assert [r.expected for r in groups.cost_by_year] == [158_000, 201_000, 195_000]
    assert groups.total_cost.expected == 554_000
    assert groups.present_cost.expected == pytest.approx(158_000 + 201_000 / 1.035 + 195_000 / 1.035**2)
    assert (groups.total_cost.well, groups.total_cost.badly) == (544_000, 560_000)
    assert groups.first_year_money.expected == 158_000


def test_families_and_cost_for_each_who_finishes(appraisal):
    groups = appraisal.result("groups")
    assert groups.start.expected == 300
    assert groups.finish.expected == 225
    assert groups.finish_a_year.expected == 75
    assert groups.finish.well == pytest.approx(330 * 0.8)
    assert groups.finish.badly == pytest.approx(240 * 0.6)
    assert groups.cost_for_each_finisher.expected == pytest.approx(554_000 / 225)
    assert groups.cost_for_each_finisher.well == pytest.approx(544_000 / (330 * 0.8))
    assert groups.cost_for_each_finisher.badly == pytest.approx(560_000 / (240 * 0.6))
    assert groups.groups_by_year == (6, 12, 12)


def test_staff_against_those_in_post(appraisal):
    groups = appraisal.result("groups")
    assert [r.expected for r in groups.fte_by_year] == [2, 4, 4]
    assert [r.expected for r in groups.short_by_year] == [0, 2, 2]
    need = groups.staff[0]
    assert (need.short.expected, need.short.well, need.short.badly) == (2, 2, 3)
    assert (need.to_train.expected, need.to_train.badly) == (3, 4)
    assert appraisal.result("as-now").staff[0].to_train.expected == 0


def test_what_is_lost_if_the_grant_stops_in_year_two(appraisal):
    stops = appraisal.result("groups").grant_stops
    # training of both years; not the books and toys, which another service would use
    assert (stops.lost.expected, stops.lost.well, stops.lost.badly) == (41_000, 31_000, 47_000)
    # the grant's part of year 3: training 5,000 and group leaders 150,000
    assert stops.to_find.expected == 155_000
    assert not appraisal.result("as-now").grant_stops.exposed


def test_who_pays(appraisal):
    groups = appraisal.result("groups")
    assert groups.paid_by == (("Northmoor Council", 446_000), ("Northmoor ICB", 108_000))
    assert dict(groups.paid_by_year)["Northmoor ICB"] == (28_000, 40_000, 40_000)


def test_differences_from_business_as_usual(appraisal):
    difference = appraisal.difference("groups")
    assert difference.total_cost == 554_000 - 228_000
    assert difference.finish == 225 - 120
    assert difference.for_each_more == pytest.approx(326_000 / 105)
    assert difference.fte == 2
    assert appraisal.difference("as-now") is None
    stop = appraisal.difference("stop")
    assert stop.for_each_more is None
    assert stop.total_cost < 0


def test_rows_put_words_before_numbers(appraisal):
    rows = {row.key: row for row in rows_of(appraisal)}
    _, groups, stop = (cell for cell in rows["finish"].cells)
    assert (groups.words, groups.range) == ("75", "(48 to 88)")
    assert stop.words == "none"
    assert rows["each"].cells[1].text == "£2,460 (2,060 to 3,890)"
    assert rows["staff"].cells[0].words == "Yes, with staff in post"
    assert rows["staff"].cells[1].words == "2 more than in post"
    assert rows["staff"].cells[1].range == "(2 to 3)"
    assert "needed: 2 in 2026/27, then 4; in post: 2" in rows["staff"].cells[1].note
    assert "3 (group leader), 14 weeks each" in rows["staff"].cells[1].note
    assert rows["staff"].cells[2].words == "none needed"
    assert rows["grant"].cells[0].words == "no change"
    assert rows["grant"].cells[1].words == "£41,000 of training and set-up lost"
    assert rows["payers"].cells[1].words == "Northmoor Council 81% and Northmoor ICB 19%"
    assert rows["more"].cells[2].words == "£204,000 less; 120 fewer families finish"
    assert all(row.rule for row in rows.values())


def test_a_finding_holds_the_present_cost_the_range_and_what_it_was_worked_out_from(appraisal):
    finding = option_finding(
        appraisal, "groups", case="c1", found_on=TODAY, judged_by="Ada Okafor", made_up=True
    )
    assert finding.lane is Lane.MONEY
    assert finding.subject == "options:c1:groups"
    assert finding.value == pytest.approx(appraisal.result("groups").present_cost.expected, abs=0.01)
    assert finding.interval.low < finding.value < finding.interval.high
    assert "confidence" not in finding.interval.kind
    fingerprints = {item.fingerprint for item in finding.inputs}
    assert {GROUPS.fingerprint, AS_NOW.fingerprint, named_pack().fingerprint} <= fingerprints
    assert finding.look_again == date(2027, 2, 5)
    assert finding.made_up
    assert "£534,000 (524,000 to 540,000) over 3 years in 2026/27 prices" in finding.statement
    assert finding.facts["Who pays"].startswith("Northmoor Council 81%")
    assert "green-book-2026" in finding.facts["Rates"]
    assert any("a person must check" in caution for caution in finding.cautions)
    assert Finding.from_dict(finding.as_dict()) == finding


def test_the_same_figures_make_the_same_finding_and_a_change_makes_a_newer_one(appraisal):
    again = appraise([AS_NOW, GROUPS, STOP], named_pack(), HORIZON)
    first = option_finding(appraisal, "groups", case="c1", found_on=TODAY)
    assert (
        first.fingerprint
        == option_finding(again, "groups", case="c1", found_on=date(2026, 12, 1)).fingerprint
    )
    dearer = replace(
        GROUPS, costs=(*GROUPS.costs, CostLine("Tea", CostKind.RUNNING, "ICB", by_year(1, 1, 1)))
    )
    changed = option_finding(
        appraise([AS_NOW, dearer], named_pack(), HORIZON), "groups", case="c1", found_on=TODAY
    )
    assert changed.subject == first.subject
    assert changed.fingerprint != first.fingerprint


def test_an_option_without_costs_or_staff_says_so_rather_than_showing_nought(appraisal):
    bare = Option("idea", "An idea", Kind.PROGRAMME)
    rows = {row.key: row.cells[0] for row in rows_of(appraise([bare], named_pack(), HORIZON))}
    assert rows["each"].words == rows["present"].words == "not yet costed"
    assert rows["staff"].words == "not yet said"
    assert rows["more"].words == "nothing to compare with"
    finding = option_finding(appraise([bare], named_pack(), HORIZON), "idea", case="c1", found_on=TODAY)
    assert "This option has no cost lines yet." in finding.cautions


def test_a_bad_end_where_nobody_finishes_has_no_upper_limit():
    risky = replace(GROUPS, delivery=Delivery(by_year(10, 10, 10), Quantity(0, 0.5, 0.9)))
    appraisal = appraise([risky], named_pack(), HORIZON)
    cell = next(row for row in rows_of(appraisal) if row.key == "each").cells[0]
    assert "no limit" in cell.range
    assert option_finding(appraisal, "groups", case="c1", found_on=TODAY).statement


def test_everything_wrong_is_said_at_once():
    wrong = Option(
        "wrong",
        "Wrong",
        Kind.BUSINESS_AS_USUAL,
        Delivery(by_year(1, 2), Quantity(0.5, 0.9, 1.2), Quantity.of(0)),
        (CostLine("", CostKind.RUNNING, " ", by_year(1, -2, 3)),),
        (StaffLine("leader", by_year(1, 1, 1), in_post=1, trained=2),),
    )
    with pytest.raises(BadInput) as caught:
        appraise([AS_NOW, wrong, replace(wrong, kind=Kind.PROGRAMME)], named_pack(), HORIZON)
    text = str(caught.value)
    for words in (
        "2 years",
        "0% to 100%",
        "more than 0",
        "a line without a name",
        "who pays",
        "-2",
        "2 trained of 1 in post",
        "more than one with this key",
        "Carry on as now, Wrong",
    ):
        assert words in text
    with pytest.raises(BadInput, match="at least one"):
        appraise([], named_pack(), HORIZON)
    with pytest.raises(BadInput, match="1 to 60"):
        Horizon(2026, 0, 2026)
    with pytest.raises(NothingThere, match="Carry on as now"):
        appraise([AS_NOW], named_pack(), HORIZON).result("other")


def test_options_survive_being_written_down():
    for option in (AS_NOW, GROUPS, STOP):
        assert Option.from_dict(option.as_dict()) == option
        assert Option.from_dict(option.as_dict()).fingerprint == option.fingerprint


def test_the_spreadsheet_holds_every_figure_and_no_formula(appraisal):
    risky = replace(GROUPS, key="x", name='=HYPERLINK("https://example.org")')
    rows = list(spreadsheet_rows(appraise([AS_NOW, risky], named_pack(), HORIZON)))
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    assert rows[0][4] == "Expected"
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    assert any(row[:4] == ["Carry on as now", "business as usual", "Cost", "2026/27"] for row in rows)
    assert "green-book-2026" in buffer.getvalue()


quantities = st.lists(st.floats(0, 1e6), min_size=3, max_size=3).map(sorted).map(Quantity.of)
shares = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(sorted).map(Quantity.of)


@given(st.data(), st.integers(1, 10))
def test_expected_lies_within_the_range_and_discounting_never_adds(data, years):
    def row():
        return tuple(data.draw(st.lists(quantities, min_size=years, max_size=years)))

    option = Option(
        "o",
        "Any",
        Kind.PROGRAMME,
        Delivery(row(), data.draw(shares)),
        (
            CostLine("a", CostKind.RUNNING, "b", row(), from_grant=True),
            CostLine("c", CostKind.SET_UP, "d", row()),
        ),
        (StaffLine("r", row(), in_post=1),),
    )
    result = appraise([option], named_pack(), Horizon(2026, years, 2026)).results[0]
    slack = 1e-6 * (1 + result.total_cost.high)
    assert result.total_cost.well <= result.total_cost.expected <= result.total_cost.badly
    assert result.finish.well >= result.finish.expected >= result.finish.badly
    assert result.present_cost.expected <= result.total_cost.expected + slack
    assert sum(amount for _, amount in result.paid_by) == pytest.approx(result.total_cost.expected)
    assert result.grant_stops.lost.expected <= result.total_cost.expected + slack
    assert all(
        row.cells[0].words for row in rows_of(appraise([option], named_pack(), Horizon(2026, years, 2026)))
    )
