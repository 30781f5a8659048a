"""Our area as it is described now, and how alike each study is: what holds, by the printed rule and people's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wherewithal.analyse.reviews.transferability.described import OurArea, reported_by
from wherewithal.analyse.reviews.transferability.resemblance import Resemblance, Ruling, resemblance
from wherewithal.thread import fingerprint_of
from wherewithal_web.analyse.reviews.models import AreaVersion, LikenessRuling, Study
from wherewithal_web.analyse.reviews.queries.extracting import held_answers, plan_of
from wherewithal_web.analyse.reviews.queries.studying import studies_of
from wherewithal_web.cases.models import Case


@dataclass(frozen=True)
class StudyBeside:
    """One study beside our area. ``rulings`` are people's answers that hold, by characteristic."""

    study: Study
    likeness: Resemblance
    rulings: Mapping[str, LikenessRuling]


def newest_area(case: Case) -> AreaVersion | None:
    return case.area_versions.select_related("written_by").order_by("-number").first()


def area_of(case: Case) -> OurArea | None:
    """What counts as alike, as it holds; None where nobody has said, or the form asks nothing of it any more."""
    newest = newest_area(case)
    return OurArea.from_dict(newest.body, plan_of(case).form) if newest else None


def compared_of(ours: OurArea, key: str, reported: str) -> str:
    """The fingerprint of what a person looked at when they said whether it is alike."""
    return fingerprint_of([key, reported, ours.as_dict()["alike"].get(key)])


def studies_beside(case: Case, ours: OurArea) -> list[StudyBeside]:
    """Every study of the review beside our area, in their order."""
    answers = held_answers(case)
    newest: dict[tuple[int, str], LikenessRuling] = {}
    rows = LikenessRuling.objects.filter(study__case=case).select_related("ruled_by").order_by("pk")
    for row in rows:
        newest[(row.study_id, row.characteristic)] = row
    found = []
    for study in studies_of(case):
        years = [record.year for record in study.records if record.year]
        reported = reported_by(answers.get(study.number, {}), max(years) if years else None, ours.area)
        plain = resemblance(study.name, reported, ours.area)
        holding = {
            fact.characteristic.key: row
            for fact in plain.facts
            if (row := newest.get((study.pk, fact.characteristic.key))) is not None
            and not row.withdrawn
            and row.compared == compared_of(ours, fact.characteristic.key, fact.reported)
        }
        rulings: dict[str, Ruling] = {key: row.ruling for key, row in holding.items()}
        likeness = resemblance(study.name, reported, ours.area, rulings) if rulings else plain
        found.append(StudyBeside(study, likeness, holding))
    return found


def resembling(case: Case) -> dict[str, bool | None] | None:
    """Whether each study resembles our area, by its number in the review; None where our area is not described."""
    ours = area_of(case)
    if ours is None:
        return None
    return {str(each.study.number): each.likeness.resembles for each in studies_beside(case, ours)}
