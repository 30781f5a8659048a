"""What each option costs, reaches and needs, year by year: three runs over one set of quantities.

Method: HM Treasury, The Green Book, 5 February 2026: real prices, discounted at the social time preference
rate of a parameter pack. The range comes from running every quantity at its good end and at its bad end. It
shows how far the figures could go, not how likely that is, and is never called a confidence interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, inf

from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.plan.options.option import CostKind, Horizon, Kind, Option, StaffLine, problems_of
from wherewithal.plan.options.pack import Pack
from wherewithal.plan.options.quantity import Outlook, Range
from wherewithal.thread import Method

METHOD = Method("cost and staff of options, year by year", "1")
STOP_YEAR = 2
"""The year at whose end the grant stops in the 'what if' figure: the usual length of a short-term grant."""

HALF_A_FAMILY = 0.5
"""Fewer families than this over all years is nobody: nothing is divided by it."""


@dataclass(frozen=True)
class StaffNeed:
    """Staff of one role against those in post, in full-time equivalents.

    ``by_year`` is what is needed; ``short`` how many more than are in post, and ``to_train`` how many more
    than are trained, in the year of greatest need (never below 0).
    """

    line: StaffLine
    by_year: tuple[Range, ...]
    short_by_year: tuple[Range, ...]
    short: Range
    to_train: Range


@dataclass(frozen=True)
class GrantStops:
    """What happens when grant money stops at the end of year ``year``.

    ``lost`` is the training and set-up money spent by then that no other service would use, in full: it is
    not reduced for the use already made of it. ``to_find`` is what the grant would have paid in the years
    after, as an average a year. ``exposed`` is False where no line of the option is paid from a grant.
    """

    year: int
    exposed: bool
    lost: Range
    to_find: Range


@dataclass(frozen=True)
class OptionResult:
    """One option worked out over the years of the appraisal. Money is pounds in the prices of one year.

    ``cost_for_each_finisher`` is total undiscounted cost over total families who finish: None where nobody
    does, infinite at its bad end where perhaps nobody does. ``paid_by`` holds each payer's total as expected,
    largest first; ``paid_by_year`` the same by year.
    """

    option: Option
    cost_by_year: tuple[Range, ...]
    discounted_by_year: tuple[Range, ...]
    total_cost: Range
    present_cost: Range
    start_by_year: tuple[Range, ...]
    finish_by_year: tuple[Range, ...]
    start: Range
    finish: Range
    finish_a_year: Range
    groups_by_year: tuple[int, ...]
    cost_for_each_finisher: Range | None
    staff: tuple[StaffNeed, ...]
    fte_by_year: tuple[Range, ...]
    short_by_year: tuple[Range, ...]
    first_year_money: Range
    grant_stops: GrantStops
    paid_by: tuple[tuple[str, float], ...]
    paid_by_year: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True)
class Difference:
    """One option less business as usual, both as expected.

    ``for_each_more`` is the extra cost for each extra family who finishes; None unless both are above 0.
    """

    present_cost: float
    total_cost: float
    finish: float
    fte: float
    for_each_more: float | None


@dataclass(frozen=True)
class Appraisal:
    """All options worked out with one pack, over the same years and in the same prices."""

    horizon: Horizon
    pack: Pack
    discount_factors: tuple[float, ...]
    results: tuple[OptionResult, ...]

    def result(self, key: str) -> OptionResult:
        """One option's result. Raises NothingThere naming the options there are."""
        for result in self.results:
            if result.option.key == key:
                return result
        raise NothingThere(f"There is no option '{key}'.", (result.option.name for result in self.results))

    @property
    def business_as_usual(self) -> OptionResult | None:
        return next((r for r in self.results if r.option.kind is Kind.BUSINESS_AS_USUAL), None)

    def difference(self, key: str) -> Difference | None:
        """An option against business as usual: None where there is none, and for itself."""
        base = self.business_as_usual
        result = self.result(key)
        if base is None or base is result:
            return None
        cost = result.total_cost.expected - base.total_cost.expected
        finish = result.finish.expected - base.finish.expected
        return Difference(
            result.present_cost.expected - base.present_cost.expected,
            cost,
            finish,
            max(r.expected for r in result.fte_by_year) - max(r.expected for r in base.fte_by_year),
            cost / finish if cost > 0 and finish >= HALF_A_FAMILY else None,
        )


def appraise(options: Iterable[Option], pack: Pack, horizon: Horizon) -> Appraisal:
    """Work out every option over ``horizon`` with the discount rates of ``pack``.

    Raises BadInput naming everything to put right in any option, including two with the same key or two that
    are business as usual, and where there are no options at all.
    """
    options = tuple(options)
    problems = [problem for option in options for problem in problems_of(option, horizon)]
    keys = [option.key for option in options]
    problems.extend(
        Problem(f"Option '{key}'", "more than one with this key", "one", "Give each option its own key.")
        for key in sorted({key for key in keys if keys.count(key) > 1})
    )
    as_now = [option.name for option in options if option.kind is Kind.BUSINESS_AS_USUAL]
    if len(as_now) > 1:
        problems.append(
            Problem(
                "Business as usual",
                f"{len(as_now)} options: {', '.join(as_now)}",
                "one, which the others are compared with",
                "Change the kind of all but one.",
            )
        )
    if not options:
        problems.append(Problem("Options", "none", "at least one", "Add 'carry on as now' first."))
    if problems:
        raise BadInput("The options cannot be compared yet.", problems)
    factors = pack.discount_factors(horizon.years)
    return Appraisal(horizon, pack, factors, tuple(_result(option, horizon, factors) for option in options))


def _runs(work: Callable[[Outlook], float]) -> Range:
    return Range(work(Outlook.EXPECTED), work(Outlook.WELL), work(Outlook.BADLY))


def _by_year(years: int, work: Callable[[Outlook, int], float]) -> tuple[Range, ...]:
    return tuple(_runs(lambda outlook, year=year: work(outlook, year)) for year in range(years))  # type: ignore[misc]


def _total(ranges: Sequence[Range]) -> Range:
    return Range(sum(r.expected for r in ranges), sum(r.well for r in ranges), sum(r.badly for r in ranges))


def _result(option: Option, horizon: Horizon, factors: tuple[float, ...]) -> OptionResult:
    years = horizon.years

    def cost(outlook: Outlook, year: int) -> float:
        return sum(line.amounts[year].at(outlook, better="less") for line in option.costs)

    def start(outlook: Outlook, year: int) -> float:
        starts = option.delivery.start
        return starts[year].at(outlook, better="more") if starts else 0.0

    def finish(outlook: Outlook, year: int) -> float:
        return start(outlook, year) * option.delivery.share_finish.at(outlook, better="more")

    costs = _by_year(years, cost)
    discounted = _by_year(years, lambda outlook, year: cost(outlook, year) * factors[year])
    finishes = _by_year(years, finish)
    total_cost, total_finish = _total(costs), _total(finishes)
    staff = tuple(_staff_need(line, years) for line in option.staff)
    payers = _paid_by_year(option, years)
    return OptionResult(
        option=option,
        cost_by_year=costs,
        discounted_by_year=discounted,
        total_cost=total_cost,
        present_cost=_total(discounted),
        start_by_year=_by_year(years, start),
        finish_by_year=finishes,
        start=_total(_by_year(years, start)),
        finish=total_finish,
        finish_a_year=Range(*(value / years for value in _ends(total_finish))),
        groups_by_year=_groups(option, years),
        cost_for_each_finisher=_for_each(total_cost, total_finish),
        staff=staff,
        fte_by_year=_sums([need.by_year for need in staff], years),
        short_by_year=_sums([need.short_by_year for need in staff], years),
        first_year_money=costs[0],
        grant_stops=_grant_stops(option, years),
        paid_by=tuple((payer, sum(amounts)) for payer, amounts in payers),
        paid_by_year=payers,
    )


def _ends(range_: Range) -> tuple[float, float, float]:
    return range_.expected, range_.well, range_.badly


def _for_each(cost: Range, finish: Range) -> Range | None:
    if finish.expected < HALF_A_FAMILY:
        return None
    pairs = zip(_ends(cost), _ends(finish), strict=True)
    return Range(*(pounds / families if families >= HALF_A_FAMILY else inf for pounds, families in pairs))


def _groups(option: Option, years: int) -> tuple[int, ...]:
    """Groups a year as expected, rounded up: a group that is not full still has to be run."""
    size = option.delivery.group_size
    if size is None or not option.delivery.start:
        return ()
    return tuple(ceil(option.delivery.start[year].central / size.central) for year in range(years))


def _staff_need(line: StaffLine, years: int) -> StaffNeed:
    def needed(outlook: Outlook, year: int) -> float:
        return line.fte[year].at(outlook, better="less")

    def beyond(have: float) -> Range:
        return _runs(lambda outlook: max(0.0, *(needed(outlook, year) - have for year in range(years))))

    return StaffNeed(
        line,
        _by_year(years, needed),
        _by_year(years, lambda outlook, year: max(0.0, needed(outlook, year) - line.in_post)),
        beyond(line.in_post),
        beyond(line.trained) if line.training_weeks or line.trained else Range(0, 0, 0),
    )


def _sums(rows: Sequence[tuple[Range, ...]], years: int) -> tuple[Range, ...]:
    return tuple(_total([row[year] for row in rows]) for year in range(years))


def _grant_stops(option: Option, years: int) -> GrantStops:
    stop = min(STOP_YEAR, years)
    after = range(stop, years)
    exposed = any(line.from_grant and any(q.high > 0 for q in line.amounts) for line in option.costs)

    def lost(outlook: Outlook) -> float:
        return sum(
            line.amounts[year].at(outlook, better="less")
            for line in option.costs
            if line.kind is not CostKind.RUNNING and not line.useful_elsewhere
            for year in range(stop)
        )

    def to_find(outlook: Outlook) -> float:
        grant = (line for line in option.costs if line.from_grant)
        total = sum(line.amounts[year].at(outlook, better="less") for line in grant for year in after)
        return total / len(after) if after else 0.0

    nothing = Range(0, 0, 0)
    return GrantStops(
        stop, exposed, _runs(lost) if exposed else nothing, _runs(to_find) if exposed else nothing
    )


def _paid_by_year(option: Option, years: int) -> tuple[tuple[str, tuple[float, ...]], ...]:
    payers: dict[str, list[float]] = {}
    for line in option.costs:
        amounts = payers.setdefault(line.paid_by, [0.0] * years)
        for year in range(years):
            amounts[year] += line.amounts[year].central
    return tuple(
        sorted(
            ((name, tuple(amounts)) for name, amounts in payers.items()),
            key=lambda row: (-sum(row[1]), row[0]),
        )
    )
