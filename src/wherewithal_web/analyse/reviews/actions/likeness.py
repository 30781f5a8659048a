"""Describing our area, saying how alike a study is, and telling the thread what only those like us say."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from wherewithal.analyse.reviews.transferability.described import OurArea
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.telling import reason_for_change, tell_again
from wherewithal_web.analyse.reviews.models import AreaVersion, LikenessRuling, Study
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def describe_area(*, by: User, case: Case, ours: OurArea, why: str = "") -> AreaVersion:
    """Say what counts as alike for our area. The same again is the version there is.

    Raises BadInput without a ``why`` where the thread has been told already.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    newest = queries.newest_area(case)
    body = ours.as_dict()
    if newest is not None and newest.body == body:
        return newest
    why = reason_for_change(why, seen=newest is not None and queries.likeness_told(case))
    made = AreaVersion.objects.create(
        case=case, number=newest.number + 1 if newest else 1, body=body, why=why, written_by=by
    )
    write_down(
        by=by,
        action="reviews.describe_area",
        summary=f"said what counts as alike for {ours.name}, version {made.number}{f': {why}' if why else ''}",
        case=case.slug,
        details={"version": made.number, "area": body},
    )
    refresh_likeness(by=by, case=case)
    return made


@transaction.atomic
def rule_on_likeness(
    *, by: User, study: Study, answers: Mapping[str, tuple[str, str]]
) -> list[LikenessRuling]:
    """Say of characteristics of a study whether they are alike: by key, "alike", "unlike", "cannot tell" or "" (the
    rule's answer), with the reason. What is the same is not written.

    Raises BadInput for what is not compared, and for an answer of one's own without a reason.
    """
    case = study.case
    require(may(by, Permission.CONTRIBUTE, case))
    Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    ours = queries.area_of(case)
    if ours is None:
        raise BadInput("Nobody has said yet what our area is like. Describe it first.")
    beside = next((each for each in queries.studies_beside(case, ours) if each.study.pk == study.pk), None)
    if beside is None:
        raise BadInput("No record reports this study any more.")
    facts = {fact.characteristic.key: fact for fact in beside.likeness.facts}
    meaning = {"alike": True, "unlike": False, "cannot tell": None}
    made = []
    for key, (answer, reason) in answers.items():
        fact, reason = facts.get(key), " ".join(reason.split())[:500]
        if fact is None or answer not in (*meaning, ""):
            raise BadInput("This is not compared, or not an answer. Choose one of those on the page.")
        held = beside.rulings.get(key)
        if answer and not reason:
            raise BadInput(f"{fact.characteristic.name}: say why, so that somebody else can check it.")
        if not answer and held is None:
            continue
        if answer and held is not None and (held.alike, held.reason) == (meaning[answer], reason):
            continue
        made.append(
            LikenessRuling.objects.create(
                study=study,
                characteristic=key,
                alike=meaning.get(answer),
                reason=reason if answer else "",
                compared=queries.compared_of(ours, key, fact.reported),
                withdrawn=not answer,
                ruled_by=by,
            )
        )
    if made:
        said = "; ".join(
            f"{facts[row.characteristic].characteristic.name}: "
            f"{'left to the rule' if row.withdrawn else answers[row.characteristic][0]}"
            for row in made
        )
        write_down(
            by=by,
            action="reviews.rule_on_likeness",
            summary=f"said how alike {study.name} is to {ours.name}: {said}"[:900],
            case=case.slug,
            details={"study": study.number, "rulings": [row.pk for row in made]},
        )
        refresh_likeness(by=by, case=case)
    return made


@transaction.atomic
def add_likeness_to_thread(*, by: User, case: Case) -> StoredFinding:
    """Put on the thread which studies are like us and what only those say. A newer answer supersedes the older.

    Raises BadInput where our area is not described, or there is no study.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    now = queries.likeness_of(case, by)
    if now.finding is None:
        raise BadInput(
            "Nobody has said yet what our area is like. Describe it first."
            if now.ours is None
            else "There is no study yet that could be compared."
        )
    return add_finding(by=by, case=case, finding=now.finding)


def refresh_likeness(*, by: User, case: Case) -> None:
    """Tell the thread which studies are like us now, where it was told before. Others have checked that they may."""
    if not queries.likeness_told(case):
        return
    now = queries.likeness_of(case, by)
    tell_again(by, case, now)
