"""Everything that changes a case's options. Each records who did what in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from wherewithal.errors import BadInput, Problem
from wherewithal.plan import options as library
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import add_finding, withdraw_case_source
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission
from wherewithal_web.plan.options.models import (
    CostFigure,
    CostLine,
    Figure,
    Horizon,
    Option,
    StaffFigure,
    StaffLine,
    StartFigure,
)
from wherewithal_web.plan.options.queries import (
    appraisal_of,
    finding_for,
    horizon_of,
    library_horizon,
    library_option,
    options_of,
)

_KEPT_FOR_ADDRESSES = ("new", "years", "assumptions", "run", "spreadsheet")


@transaction.atomic
def set_horizon(
    *,
    by: User,
    case: Case,
    first_year: int,
    years: int,
    price_year: int,
    pack: str = library.DEFAULT_PACK,
) -> Horizon:
    """Set the years that the options are compared over, their prices and the parameter pack.

    Raises BadInput for a number of years that cannot be, NothingThere for a pack that is not there.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    library.named_pack(pack)
    words = library.Horizon(first_year, years, price_year)
    horizon, _made = Horizon.objects.update_or_create(
        case=case,
        defaults={"first_year": first_year, "years": years, "price_year": price_year, "pack": pack},
    )
    record(
        by=by,
        action="options.set_horizon",
        summary=f"set the options to {words.labels[0]} to {words.labels[-1]} in {words.price_base}",
        case=case.slug,
        details={"first_year": first_year, "years": years, "price_year": price_year, "pack": pack},
    )
    return horizon


@transaction.atomic
def add_option(
    *,
    by: User,
    case: Case,
    name: str,
    kind: library.Kind,
    delivery: library.Delivery | None = None,
    costs: Sequence[library.CostLine] = (),
    staff: Sequence[library.StaffLine] = (),
    evidence: Iterable[StoredFinding] = (),
) -> Option:
    """Add an option to a case. Costs and staff can come later.

    Raises BadInput naming everything to put right; nothing is kept then.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    last = case.options.aggregate(last=Max("position"))["last"] or 0
    row = Option(case=case, key=_free_key(case, name), kind=kind.value, position=last + 1)
    wanted = library.Option(row.key, name, kind, delivery or library.Delivery(), tuple(costs), tuple(staff))
    _keep(row, wanted, evidence)
    record(
        by=by,
        action="options.add_option",
        summary=f"added an option: {name}",
        case=case.slug,
        details=wanted.as_dict(),
    )
    return row


@transaction.atomic
def change_option(
    *, by: User, option: Option, evidence: Iterable[StoredFinding] | None = None, **changes: Any
) -> Option:
    """Change ``name``, ``kind``, ``delivery``, ``costs``, ``staff`` or ``evidence``; what is left out stays.

    The history keeps the option as it was. Raises BadInput as ``add_option`` does.
    """
    require(may(by, Permission.CONTRIBUTE, option.case))
    unknown = set(changes) - {"name", "kind", "delivery", "costs", "staff"}
    if unknown:
        raise TypeError(f"not something to change on an option: {', '.join(sorted(unknown))}")
    was = library_option(option, horizon_of(option.case).years)
    wanted = library.Option(
        option.key,
        changes.get("name", was.name),
        changes.get("kind", was.kind),
        changes.get("delivery", was.delivery),
        tuple(changes.get("costs", was.costs)),
        tuple(changes.get("staff", was.staff)),
    )
    option.kind = wanted.kind.value
    _keep(option, wanted, evidence, only=frozenset(changes))
    option._prefetched_objects_cache = {}
    if wanted != was or evidence is not None:
        record(
            by=by,
            action="options.change_option",
            summary=f"changed the option: {wanted.name}",
            case=option.case.slug,
            details={"was": was.as_dict(), "is": wanted.as_dict()},
        )
    return option


@transaction.atomic
def remove_option(*, by: User, option: Option) -> None:
    """Take an option out of the case. The history keeps its figures; what rests on its findings is told."""
    require(may(by, Permission.CONTRIBUTE, option.case))
    was = library_option(option, horizon_of(option.case).years)
    case = option.case
    withdraw_case_source(
        by=by,
        case=case,
        source_key=library.source_key(case.slug, was.key),
        words=f"The option {was.name} was taken out of the case.",
    )
    option.delete()
    record(
        by=by,
        action="options.remove_option",
        summary=f"took out the option: {was.name}",
        case=case.slug,
        details=was.as_dict(),
    )


@transaction.atomic
def run_appraisal(*, by: User, case: Case, only: Option | None = None) -> list[StoredFinding]:
    """Work out the options and put what each comes to on the thread, as findings in the money lane.

    ``only`` puts one of them there. Raises BadInput where an option cannot be worked out yet.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    rows = options_of(case)
    appraisal = appraisal_of(rows, horizon_of(case))
    chosen = [row for row in rows if only is None or row.pk == only.pk]
    stored = [
        add_finding(by=by, case=case, finding=finding_for(appraisal, row, judged_by=by.name))
        for row in chosen
    ]
    record(
        by=by,
        action="options.run_appraisal",
        summary=f"worked out what {'the options come' if only is None else f'{only.name} comes'} to",
        case=case.slug,
        details={"pack": appraisal.pack.id, "findings": [row.fingerprint for row in stored]},
    )
    return stored


# --- keeping an option ----------------------------------------------------------------------------------


def _free_key(case: Case, name: str) -> str:
    stem = slugify(name)[:50].strip("-") or "option"
    taken = set(case.options.values_list("key", flat=True)) | set(_KEPT_FOR_ADDRESSES)
    # A key that was on the thread is not used again: what was said of the option taken out would be said of it.
    subjects = StoredFinding.objects.filter(case=case, subject__startswith="options:")
    taken |= {subject.rpartition(":")[2] for subject in subjects.values_list("subject", flat=True)}
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _keep(
    row: Option,
    wanted: library.Option,
    evidence: Iterable[StoredFinding] | None,
    only: frozenset[str] = frozenset({"delivery", "costs", "staff"}),
) -> None:
    """Check ``wanted`` against the case's years, then write it; ``only`` names the parts with lines to write."""
    case = row.case
    horizon = library_horizon(horizon_of(case))
    problems = library.problems_of(_parts(wanted, only), horizon)
    others = case.options.filter(kind=library.Kind.BUSINESS_AS_USUAL.value).exclude(pk=row.pk)
    if wanted.kind is library.Kind.BUSINESS_AS_USUAL and (other := others.first()):
        problems.append(
            Problem(
                "Kind",
                f"'{other.name}' is business as usual already",
                "one such option, which the others are compared with",
                "Choose another kind, or change that option first.",
            )
        )
    if problems:
        raise BadInput("This option cannot be kept yet.", problems)
    row.name = wanted.name
    share, group = wanted.delivery.share_finish, wanted.delivery.group_size
    row.share_low, row.share_central, row.share_high = share.as_list()
    row.group_low, row.group_central, row.group_high = group.as_list() if group else (None, None, None)
    row.full_clean()
    row.save()
    if evidence is not None:
        chosen = list(evidence)
        on_thread = set(case.findings.values_list("finding_id", flat=True))
        if any(stored.pk not in on_thread for stored in chosen):
            raise ValueError("An option cites findings that are on its own case's thread.")
        row.evidence.set(chosen)
    if "delivery" in only:
        row.start.all().delete()
        StartFigure.objects.bulk_create(_figures(StartFigure, row, wanted.delivery.start))
    if "costs" in only:
        row.costs.all().delete()
        for position, line in enumerate(wanted.costs, start=1):
            kept = CostLine.objects.create(
                option=row,
                position=position,
                label=line.label,
                kind=line.kind.value,
                paid_by=line.paid_by,
                from_grant=line.from_grant,
                useful_elsewhere=line.useful_elsewhere,
            )
            CostFigure.objects.bulk_create(_figures(CostFigure, kept, line.amounts))
    if "staff" in only:
        row.staff.all().delete()
        for position, role in enumerate(wanted.staff, start=1):
            kept = StaffLine.objects.create(
                option=row,
                position=position,
                role=role.role,
                in_post=role.in_post,
                trained=role.trained,
                training_weeks=role.training_weeks,
            )
            StaffFigure.objects.bulk_create(_figures(StaffFigure, kept, role.fte))


def _parts(wanted: library.Option, only: frozenset[str]) -> library.Option:
    """The option with only the parts that are being written, so that older gaps elsewhere do not stop it."""
    return library.Option(
        wanted.key,
        wanted.name,
        wanted.kind,
        wanted.delivery if "delivery" in only else library.Delivery(),
        wanted.costs if "costs" in only else (),
        wanted.staff if "staff" in only else (),
    )


def _figures(model: type[Figure], line: Any, quantities: Sequence[library.Quantity]) -> list[Figure]:
    return [
        model(line=line, year=year, low=q.low, central=q.central, high=q.high)
        for year, q in enumerate(quantities, start=1)
    ]
