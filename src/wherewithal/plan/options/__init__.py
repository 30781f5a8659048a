"""Options: what could be commissioned, appraised over the same years, in the same prices, at the same rates.

    from wherewithal.plan.options import Horizon, Option, appraise, named_pack
    appraisal = appraise(options, named_pack("green-book-2026"), Horizon(2026, 5, 2026))

``quantity``    a figure, or a figure with its range
``option``      what an option is made of
``pack``        the dated, sourced rates behind every figure
``appraisal``   cost, reach and staff of each option by year
``comparison``  the options side by side, in words
``spreadsheet`` every figure in full, for a CSV
``finding``     one option's result for the thread
"""

from wherewithal.plan.options.appraisal import Appraisal, Difference, OptionResult, appraise
from wherewithal.plan.options.comparison import Cell, Row, count, money, rounded, rows_of
from wherewithal.plan.options.finding import option_finding, source_key
from wherewithal.plan.options.option import (
    CostKind,
    CostLine,
    Delivery,
    Horizon,
    Kind,
    Option,
    StaffLine,
    financial_year,
    problems_of,
)
from wherewithal.plan.options.pack import DEFAULT_PACK, Pack, named_pack, pack_ids, read_pack
from wherewithal.plan.options.quantity import RANGE_KIND, Outlook, Quantity, Range
from wherewithal.plan.options.spreadsheet import spreadsheet_rows

__all__ = [
    "DEFAULT_PACK",
    "RANGE_KIND",
    "Appraisal",
    "Cell",
    "CostKind",
    "CostLine",
    "Delivery",
    "Difference",
    "Horizon",
    "Kind",
    "Option",
    "OptionResult",
    "Outlook",
    "Pack",
    "Quantity",
    "Range",
    "Row",
    "StaffLine",
    "appraise",
    "count",
    "financial_year",
    "money",
    "named_pack",
    "option_finding",
    "pack_ids",
    "problems_of",
    "read_pack",
    "rounded",
    "rows_of",
    "source_key",
    "spreadsheet_rows",
]
