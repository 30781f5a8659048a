"""Making studies of what was kept, saying which records report the same study, and naming a study's arms."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from wherewithal.analyse.reviews.extraction.study import Role
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.outcomes import refresh_outcomes
from wherewithal_web.analyse.reviews.models import Record, Study, StudyArm, StudyReport
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def make_studies(*, by: User, case: Case) -> list[Study]:
    """Make a study of every record that was kept and reports none yet. Those that were made.

    Records of one article (the same key) report one study; a person joins the others with ``join_studies``. Doing
    it again adds what was kept since, and nothing twice. Raises BadInput where nothing has been kept.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    locked = Case.objects.select_for_update().get(pk=case.pk)
    kept = list(queries.kept_for_extraction(case))
    if not kept:
        raise BadInput("Nothing has been kept yet, so there are no studies. Decide about the records first.")
    placed = queries.placements_of(case)
    by_key = {row.record.key: row.study for row in placed.values()}
    number = case.studies.count()
    names = set(case.studies.values_list("name", flat=True))
    made: list[Study] = []
    for row in kept:
        if row.pk in placed:
            continue
        study = by_key.get(row.key)
        if study is None:
            number += 1
            name = _name_of(row)
            if name in names:
                name = f"{name}, study {number}"
            names.add(name)
            study = Study.objects.create(case=locked, number=number, name=name, made_by=by)
            by_key[row.key] = study
            made.append(study)
        StudyReport.objects.create(study=study, record=row, placed_by=by)
    if made:
        write_down(
            by=by,
            action="reviews.make_studies",
            summary=f"made {counted(len(made), 'study', 'studies')} of what was kept",
            case=case.slug,
            details={"studies": [study.number for study in made]},
        )
    return made


def _name_of(row: Record) -> str:
    cited = row.record.short_citation
    return (cited if row.record.authors else row.title or cited)[:200]


@transaction.atomic
def join_studies(*, by: User, study: Study, into: Study, why: str) -> None:
    """Say that the reports of ``study`` report ``into``. What was extracted from ``study`` stays with it.

    Raises BadInput without a reason, for a study of another review, and for a study and itself.
    """
    require(may(by, Permission.CONTRIBUTE, study.case))
    if study.case_id != into.case_id or study.pk == into.pk:
        raise BadInput("Choose another study of this review to join it with.")
    rows = [row for row in queries.placements_of(study.case).values() if row.study_id == study.pk]
    if not rows:
        raise BadInput(f"{study.name} has no reports any more: it was joined with another study before.")
    why = why.strip()[:500]
    if not why:
        raise BadInput(
            "Say how you know that they are one study, for example the same trial number or the same children."
        )
    StudyReport.objects.bulk_create(
        [StudyReport(study=into, record=row.record, why=why, placed_by=by) for row in rows]
    )
    write_down(
        by=by,
        action="reviews.join_studies",
        summary=f"said that {study.name} and {into.name} are one study: {why}",
        case=study.case.slug,
        details={"study": study.number, "into": into.number, "records": [row.record_id for row in rows]},
    )
    refresh_outcomes(by=by, case=study.case)


@transaction.atomic
def take_apart(*, by: User, study: Study, record: Record, why: str) -> Study:
    """Say that a record reports a study of its own after all. The new study.

    Raises BadInput without a reason, and where the record is the study's only report.
    """
    require(may(by, Permission.CONTRIBUTE, study.case))
    rows = [row for row in queries.placements_of(study.case).values() if row.study_id == study.pk]
    if record.pk not in {row.record_id for row in rows}:
        raise BadInput(f"This record does not report {study.name}.")
    if len(rows) == 1:
        raise BadInput("It is the only report of this study already.")
    if not why.strip():
        raise BadInput("Say how you know that it is a study of its own.")
    locked = Case.objects.select_for_update().get(pk=study.case_id)
    made = Study.objects.create(
        case=locked, number=locked.studies.count() + 1, name=_name_of(record), made_by=by
    )
    StudyReport.objects.create(study=made, record=record, why=why.strip()[:500], placed_by=by)
    write_down(
        by=by,
        action="reviews.take_apart",
        summary=f"said that {made.name} is a study of its own: {why.strip()[:300]}",
        case=study.case.slug,
        details={"study": study.number, "made": made.number, "record": record.pk},
    )
    refresh_outcomes(by=by, case=study.case)
    return made


@transaction.atomic
def write_arms(
    *, by: User, study: Study, arms: Sequence[tuple[int | None, str, str, int | None]]
) -> list[StudyArm]:
    """Write the arms of a study: number (None: a new one), name, role, people. Empty names are taken away.

    Raises BadInput for an arm without a role, two of one name, and people below 1. What did not change is not
    written again.
    """
    require(may(by, Permission.CONTRIBUTE, study.case))
    Case.objects.select_for_update().get(pk=study.case_id)
    there = {row.number: row for row in queries.arm_rows_of(study)}
    last = max((row.number for row in study.arm_rows.all()), default=0)
    named = [name.strip().casefold() for _number, name, _role, _people in arms if name.strip()]
    problems = [
        Problem(name, "given twice", "a name of its own", "Name each arm as the paper does.")
        for name in sorted(set(named))
        if named.count(name) > 1
    ]
    rows: list[StudyArm] = []
    for number, name, role, people in arms:
        name = " ".join(name.split())[:200]
        if number is not None and number not in there:
            raise BadInput(f"{study.name} has no arm {number}.")
        if not name and number is None:
            continue
        if name and role not in {each.value for each in Role}:
            problems.append(
                Problem(name, "neither", "the programme or the comparison", "Say what it is there for.")
            )
        if people is not None and people < 1:
            problems.append(
                Problem(name, f"{people} people", "1 or more", "Leave it empty if it is not said.")
            )
        before = there.get(number) if number is not None else None
        if before is not None and (before.name, before.role, before.people) == (name, role, people):
            continue
        if number is None:
            last += 1
        rows.append(
            StudyArm(
                study=study,
                number=last if number is None else number,
                name=name or (before.name if before else ""),
                role=role or (before.role if before else Role.PROGRAMME.value),
                people=people,
                removed=not name,
                written_by=by,
            )
        )
    if problems:
        raise BadInput("The arms cannot be kept as they are.", problems)
    for row in rows:
        row.save()
    if rows:
        write_down(
            by=by,
            action="reviews.write_arms",
            summary=f"wrote the arms of {study.name}",
            case=study.case.slug,
            details={"study": study.number, "arms": [[row.number, row.name, row.removed] for row in rows]},
        )
    return rows
