"""Reading options: stored figures into the library's types, and the comparison that pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal.plan import options as library
from wherewithal.thread import Change, Finding, Lane, Thread, changes_to
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.queries import thread_of
from wherewithal_web.clock import today
from wherewithal_web.plan.options.models import Figure, Horizon, Option

USUAL_YEARS = 5
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def financial_year_now() -> int:
    day = today()
    return day.year if day.month >= 4 else day.year - 1


def horizon_of(case: Case) -> Horizon:
    """The case's years; until somebody sets them, five from the next financial year in today's prices."""
    found = Horizon.objects.filter(case=case).first()
    if found:
        return found
    now = financial_year_now()
    return Horizon(
        case=case, first_year=now + 1, years=USUAL_YEARS, price_year=now, pack=library.DEFAULT_PACK
    )


def library_horizon(horizon: Horizon) -> library.Horizon:
    return library.Horizon(horizon.first_year, horizon.years, horizon.price_year)


def options_of(case: Case) -> list[Option]:
    """A case's options in their order, with everything under them."""
    rows = case.options.prefetch_related("start", "costs__amounts", "staff__fte", "evidence")
    return list(rows)


def option_for(case: Case, key: str) -> Option:
    """One option of a case that the person may see. Raises Http404 where there is none of that key."""
    for row in options_of(case):
        if row.key == key:
            return row
    raise Http404("There is no such option in this case.")


def library_option(row: Option, years: int) -> library.Option:
    """A stored option in the library's type, with at most ``years`` figures a line."""
    group = None
    if row.group_central is not None:
        group = library.Quantity(row.group_low, row.group_central, row.group_high)
    return library.Option(
        row.key,
        row.name,
        library.Kind(row.kind),
        library.Delivery(
            _quantities(row.start.all(), years),
            library.Quantity(row.share_low, row.share_central, row.share_high),
            group,
        ),
        tuple(
            library.CostLine(
                line.label,
                library.CostKind(line.kind),
                line.paid_by,
                _quantities(line.amounts.all(), years),
                line.from_grant,
                line.useful_elsewhere,
            )
            for line in row.costs.all()
        ),
        tuple(
            library.StaffLine(
                line.role,
                _quantities(line.fte.all(), years),
                line.in_post,
                line.trained,
                line.training_weeks,
            )
            for line in row.staff.all()
        ),
    )


def _quantities(figures: Iterable[Figure], years: int) -> tuple[library.Quantity, ...]:
    return tuple(library.Quantity(f.low, f.central, f.high) for f in figures if f.year <= years)


def subject_of(case: Case, key: str) -> str:
    return f"options:{case.slug}:{key}"


def finding_for(appraisal: library.Appraisal, row: Option, *, judged_by: str = "") -> Finding:
    """What one option comes to, as the finding that would go on the thread today."""
    return library.option_finding(
        appraisal,
        row.key,
        case=row.case.slug,
        found_on=today(),
        judged_by=judged_by,
        link=row.get_absolute_url(),
        made_up=row.case.made_up_figures,
    )


# --- side by side ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Evidence:
    """A finding that an option cites, as it is today, and what changed since it was cited."""

    finding: Finding
    changes: tuple[Change, ...]

    @property
    def ratings(self) -> str:
        """The native ratings in words, without our own reading, which the band already says."""
        return "; ".join(
            f"{name}: {value}" for name, value in self.finding.facts.items() if name != "Our reading"
        )


@dataclass(frozen=True)
class Column:
    """One option of the comparison: its letter, and what is known about it by lane."""

    row: Option
    letter: str
    research: tuple[Evidence, ...]
    voice: tuple[Evidence, ...]
    on_thread: bool

    @property
    def name(self) -> str:
        return f"{self.letter}. {self.row.name}"


@dataclass(frozen=True)
class Comparison:
    """The options side by side. ``appraisal`` is None where there are none, or ``problem`` says why not."""

    horizon: Horizon
    pack: library.Pack
    columns: tuple[Column, ...]
    appraisal: library.Appraisal | None
    problem: BadInput | None = None

    @property
    def rows(self) -> tuple[library.Row, ...]:
        return library.rows_of(self.appraisal) if self.appraisal else ()

    @property
    def cost_by_year(self) -> tuple[tuple[library.Cell, ...], ...]:
        """A row a year, a cell an option: cost in the case's prices, not discounted."""
        if self.appraisal is None:
            return ()
        results = self.appraisal.results
        return tuple(
            tuple(library.money(result.cost_by_year[year]) for result in results)
            for year in range(self.horizon.years)
        )

    @property
    def on_thread(self) -> bool:
        """Whether every option's figures are on the thread as they stand."""
        return all(column.on_thread for column in self.columns)

    @property
    def words(self) -> str:
        """Years, prices and rate in one line, with the pack that the rate is from."""
        horizon = library_horizon(self.horizon)
        return (
            f"{counted(horizon.years, 'year')} from {horizon.labels[0]}, {horizon.price_base}, "
            f"discounted at {self.pack.percent(1):g}% a year. Rates: {self.pack.words}."
        )


def comparison_of(case: Case) -> Comparison:
    """Everything the comparison page shows."""
    horizon = horizon_of(case)
    pack = library.named_pack(horizon.pack)
    rows = options_of(case)
    appraisal, problem = None, None
    if rows:
        try:
            appraisal = appraisal_of(rows, horizon)
        except BadInput as error:
            problem = error
    thread = thread_of(case) if rows else Thread({}, {})
    newest = _newest_fingerprints(case)
    columns = []
    for position, row in enumerate(rows):
        evidence = [_evidence(stored, thread) for stored in row.evidence.all()]
        now = finding_for(appraisal, row).fingerprint if appraisal else ""
        columns.append(
            Column(
                row,
                LETTERS[position % len(LETTERS)],
                tuple(e for e in evidence if e.finding.lane is Lane.RESEARCH),
                tuple(e for e in evidence if e.finding.lane is Lane.VOICE),
                bool(now) and newest.get(subject_of(case, row.key)) == now,
            )
        )
    return Comparison(horizon, pack, tuple(columns), appraisal, problem)


def appraisal_of(rows: Iterable[Option], horizon: Horizon) -> library.Appraisal:
    """All options worked out. Raises BadInput where something is to be put right first."""
    return library.appraise(
        [library_option(row, horizon.years) for row in rows],
        library.named_pack(horizon.pack),
        library_horizon(horizon),
    )


def _newest_fingerprints(case: Case) -> dict[str, str]:
    mine = StoredFinding.objects.filter(case=case, subject__startswith=subject_of(case, "")).order_by("pk")
    return {row.subject: row.fingerprint for row in mine}


def people_counted(case: Case) -> list[tuple[StoredFinding, library.Quantity]]:
    """What the case's thread says about how many a service would be for, newest first, as figures of a form.

    Such findings are about a cohort: their subject begins with the word. They count whole families or people.
    """
    found = StoredFinding.objects.filter(
        on_cases__case=case, superseded_by__isnull=True, subject__startswith="cohort:"
    )
    counted = []
    for row in found.distinct().order_by("-pk"):
        finding = row.finding
        if finding.value is None or finding.interval is None:
            continue
        low, high = finding.interval.low, finding.interval.high
        value = round(finding.value)
        counted.append((row, library.Quantity(min(round(low), value), value, max(round(high), value))))
    return counted


def _evidence(stored: StoredFinding, thread: Thread) -> Evidence:
    cited = stored.finding
    latest = thread.findings.get(thread.latest(cited.fingerprint), cited)
    return Evidence(latest, tuple(changes_to(cited, thread, today=today())))
