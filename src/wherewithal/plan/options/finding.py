"""An option's cost and staff as a finding on the thread."""

from __future__ import annotations

from datetime import date

from wherewithal.plain_english import counted, listed, pounds
from wherewithal.plan.options.appraisal import METHOD, Appraisal, OptionResult
from wherewithal.plan.options.comparison import Cell, money, rounded, rows_of
from wherewithal.plan.options.quantity import RANGE_KIND
from wherewithal.thread import Finding, Input, Interval, Lane, Source, fingerprint_of


def source_key(case: str, key: str) -> str:
    """What a finding about an option names as its source: told to be withdrawn when the option is taken out."""
    return f"options:{case}:{key}"


def option_finding(
    appraisal: Appraisal,
    key: str,
    *,
    case: str,
    found_on: date,
    judged_by: str = "",
    link: str = "",
    look_again: date | None = None,
    made_up: bool = False,
) -> Finding:
    """What one option costs, as a finding in the money lane.

    ``case`` is the case's stable key; ``judged_by`` names who stands behind the quantities. The value is the
    present cost in pounds. Its inputs are the option, business as usual where it is compared with that, the
    years and prices, and the pack. ``look_again`` defaults to the pack's own date. Raises NothingThere for an
    option that was not appraised.
    """
    result = appraisal.result(key)
    base = appraisal.business_as_usual
    horizon = appraisal.horizon
    inputs = [
        Input(f"option: {result.option.name}", result.option.fingerprint),
        Input(f"parameter pack: {appraisal.pack.id}", appraisal.pack.fingerprint),
        Input(
            f"{horizon.labels[0]} to {horizon.labels[-1]} in {horizon.price_base}",
            fingerprint_of([horizon.first_year, horizon.years, horizon.price_year]),
        ),
    ]
    if base is not None and base is not result:
        inputs.append(Input(f"compared with: {base.option.name}", base.option.fingerprint))
    present = result.present_cost
    cautions = [*appraisal.pack.cautions]
    if not result.option.is_costed:
        cautions.append("This option has no cost lines yet.")
    if not result.option.is_staffed:
        cautions.append("Nobody has said which staff this option needs.")
    return Finding(
        lane=Lane.MONEY,
        subject=f"options:{case}:{key}",
        title=f"What it costs: {result.option.name}",
        statement=statement(appraisal, result),
        method=METHOD,
        inputs=tuple(inputs),
        sources=(
            Source(source_key(case, key), "The figures entered for this case's options"),
            appraisal.pack.thread_source(),
        ),
        found_on=found_on,
        judged_by=judged_by,
        look_again=look_again
        or (appraisal.pack.look_again if appraisal.pack.look_again > found_on else None),
        value=round(present.expected, 2),
        unit=f"£, {horizon.price_base}, present cost over {counted(horizon.years, 'year')}",
        interval=None
        if present.is_certain
        else Interval(round(present.low, 2), round(present.high, 2), RANGE_KIND),
        facts=_facts(appraisal, result),
        cautions=tuple(cautions),
        link=link,
        made_up=made_up,
    )


def statement(appraisal: Appraisal, result: OptionResult) -> str:
    """The result in a line or two, to stand after the finding's title."""
    years = counted(appraisal.horizon.years, "year")
    present = _inline(money(result.present_cost))
    text = (
        f"{present} over {years} in {appraisal.horizon.price_base}, "
        f"discounted at {appraisal.pack.percent(min(1, appraisal.horizon.years)):g}% a year"
    )
    if result.cost_for_each_finisher is not None:
        text += f"; {_inline(money(result.cost_for_each_finisher))} for each family who finishes"
    text += "."
    staff = next(row for row in rows_of(appraisal) if row.key == "staff")
    cell = staff.cells[appraisal.results.index(result)]
    if result.staff:
        lead = _inline(cell)
        text += f" Staff: {lead[0].lower()}{lead[1:]}."
    return text


def _inline(cell: Cell) -> str:
    return " ".join(part for part in (cell.words, cell.range) if part)


def _facts(appraisal: Appraisal, result: OptionResult) -> dict[str, str]:
    position = appraisal.results.index(result)
    facts = {row.label: row.cells[position].text for row in rows_of(appraisal)}
    by_year = [pounds(rounded(r.expected)) for r in result.cost_by_year]
    facts["Cost by year"] = listed(
        [f"{label} {amount}" for label, amount in zip(appraisal.horizon.labels, by_year, strict=True)]
    )
    facts["Rates"] = appraisal.pack.words
    return facts
