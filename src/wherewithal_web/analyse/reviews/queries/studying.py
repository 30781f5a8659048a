"""The studies of a review: what was kept, which records report which study, and their arms."""

from __future__ import annotations

from django.db.models import Max, QuerySet
from django.http import Http404

from wherewithal.analyse.reviews.extraction import study as library
from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal_web.analyse.reviews.models import Record, Standing, Study, StudyArm, StudyReport
from wherewithal_web.analyse.reviews.queries.searches import ABSTRACT, FULL_TEXT
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.queries import case_for
from wherewithal_web.people.models import User
from wherewithal_web.people.roles import Permission


def kept_for_extraction(case: Case) -> QuerySet[Record]:
    """The records to extract from: kept at the full text, or on title and abstract where no full text was read.

    Of records that are one work the first stands for the others.
    """
    kept = Standing.objects.filter(case=case, outcome=Outcome.INCLUDE.value)
    full = Standing.objects.filter(case=case, stage=FULL_TEXT).exists()
    rows = kept.filter(stage=FULL_TEXT if full else ABSTRACT)
    records = Record.objects.filter(pk__in=rows.values("record"), copy=None)
    return records.select_related("file__case").order_by("pk")


def placements_of(case: Case) -> dict[int, StudyReport]:
    """Which study each record reports now, by the record's number."""
    newest = (
        StudyReport.objects.filter(study__case=case)
        .order_by()
        .values("record")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    rows = StudyReport.objects.filter(pk__in=newest).select_related("study__case", "record__file__case")
    return {row.record_id: row for row in rows.order_by("pk")}


def studies_of(case: Case) -> list[Study]:
    """The studies that have reports, in their order, each with ``records`` and ``arms``."""
    records: dict[int, list[Record]] = {}
    for row in placements_of(case).values():
        records.setdefault(row.study_id, []).append(row.record)
    arms: dict[int, dict[int, StudyArm]] = {}
    for row in StudyArm.objects.filter(study__case=case).order_by("pk"):
        arms.setdefault(row.study_id, {})[row.number] = row
    studies = [study for study in case.studies.select_related("case", "made_by") if study.pk in records]
    for study in studies:
        study.records = records[study.pk]
        study.arms = [row for row in arms.get(study.pk, {}).values() if not row.removed]
    return studies


def study_for(user: User, slug: str, number: int, permission: Permission = Permission.VIEW) -> Study:
    """One study of a case that this person may see, with ``records`` and ``arms``. Raises Http404 otherwise."""
    case = case_for(user, slug, permission)
    study = Study.objects.filter(case=case, number=number).select_related("case", "made_by").first()
    if study is None:
        raise Http404("There is no such study in this review.")
    study.records = reports_of(study)
    study.arms = arm_rows_of(study)
    return study


def years_of(case: Case) -> dict[str, float]:
    """The year of each study's first report, by the study's number; those whose reports give none are not there."""
    found: dict[str, float] = {}
    for study in studies_of(case):
        years = [row.year for row in study.records if row.year]
        if years:
            found[str(study.number)] = float(min(years))
    return found


def reports_of(study: Study) -> list[Record]:
    """The records that report a study now."""
    return [row.record for row in placements_of(study.case).values() if row.study_id == study.pk]


def arm_rows_of(study: Study) -> list[StudyArm]:
    """The arms of a study as they are worded now, in their order."""
    newest = {row.number: row for row in study.arm_rows.order_by("pk")}
    return [row for _number, row in sorted(newest.items()) if not row.removed]


def library_study(study: Study) -> library.Study:
    """A study in the library's words. ``study`` carries ``records`` and ``arms``."""
    return library.Study(
        number=study.number,
        name=study.name,
        reports=tuple(
            library.Report(row.key, row.citation, row.record.link, retracted=row.record.said_to_be_retracted)
            for row in study.records
        ),
        arms=tuple(row.arm for row in study.arms),
    )
