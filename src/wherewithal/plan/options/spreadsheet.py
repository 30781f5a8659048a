"""An appraisal in full, as the rows of a CSV."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf

from wherewithal.plan.options.appraisal import Appraisal
from wherewithal.plan.options.quantity import Range
from wherewithal.spreadsheets import harmless


def spreadsheet_rows(appraisal: Appraisal) -> Iterable[list[str]]:
    """The appraisal in full, for a CSV: one row a figure, unrounded, ranges in columns of their own.

    Columns: option, kind, figure, year, expected, if everything goes well, if everything goes badly, unit,
    paid by. The last rows name the pack. Text cells are safe against formulas.
    """
    yield [
        "Option",
        "Kind",
        "Figure",
        "Year",
        "Expected",
        "If everything goes well",
        "If everything goes badly",
        "Unit",
        "Who pays or which role",
    ]
    unit = f"£, {appraisal.horizon.price_base}"
    for result in appraisal.results:
        name = [harmless(result.option.name), result.option.kind.value]

        def line(
            figure: str, year: str, r: Range, unit: str, who: str = "", name: list[str] = name
        ) -> list[str]:
            ends = (r.expected, r.well, r.badly)
            figures = ["" if isinf(value) else f"{value:.2f}" for value in ends]
            return [*name, harmless(figure), year, *figures, unit, harmless(who)]

        for position, label in enumerate(appraisal.horizon.labels):
            yield line("Cost", label, result.cost_by_year[position], unit)
            yield line("Cost, discounted", label, result.discounted_by_year[position], unit)
            yield line("Families who start", label, result.start_by_year[position], "families")
            yield line("Families who finish", label, result.finish_by_year[position], "families")
            for need in result.staff:
                yield line("Staff needed", label, need.by_year[position], "FTE", need.line.role)
                yield line(
                    "Staff more than in post", label, need.short_by_year[position], "FTE", need.line.role
                )
            for payer, amounts in result.paid_by_year:
                paid = amounts[position]
                yield line("Paid, as expected", label, Range(paid, paid, paid), unit, payer)
        yield line("Total cost", "all years", result.total_cost, unit)
        yield line("Present cost", "all years", result.present_cost, unit)
        if result.cost_for_each_finisher:
            yield line("Cost for each family who finishes", "all years", result.cost_for_each_finisher, unit)
        if result.grant_stops.exposed:
            until = f"by the end of year {result.grant_stops.year}"
            yield line("Training and set-up lost if the grant stops", until, result.grant_stops.lost, unit)
            yield line("To find a year to carry on", "each year after", result.grant_stops.to_find, unit)
    factors = ", ".join(f"{factor:.6f}" for factor in appraisal.discount_factors)
    yield []
    yield ["Rates", appraisal.pack.words]
    yield ["Discount factors by year", factors]
    yield [
        "The range",
        "every figure at its good end, and every figure at its bad end; not a confidence interval",
    ]
    yield from (["Careful", harmless(caution)] for caution in appraisal.pack.cautions)
