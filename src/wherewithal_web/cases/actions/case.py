"""Starting, changing and sharing a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from wherewithal.thread.stages import Stage
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.models import Case, CaseShare, Sentence
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import Organisation, User
from wherewithal_web.people.permissions import Refused, require
from wherewithal_web.people.permissions import may as may_at_all
from wherewithal_web.people.roles import CASE_ROLES, COMMISSIONER, Permission


@transaction.atomic
def start_case(
    *,
    by: User,
    title: str,
    question: str = "",
    organisation: Organisation | None = None,
    area_name: str = "",
    area_code: str = "",
    started_in: Stage = Stage.ANALYSE,
    decision_body: str = "",
    decision_due: date | None = None,
    partners: Iterable[Organisation] = (),
    made_up_figures: bool = False,
) -> Case:
    """A new case, led by whoever starts it. The area is the organisation's unless another is named."""
    require(may_at_all(by, Permission.START_CASE))
    organisation = organisation or by.organisation
    if organisation is None or not by.memberships.filter(organisation=organisation).exists():
        raise Refused("A case is started for an organisation you belong to.")
    case = Case(
        slug=_free_slug(title),
        title=title,
        question=question,
        organisation=organisation,
        area_name=area_name or organisation.area_name,
        area_code=area_code or organisation.area_code,
        started_in=started_in.value,
        decision_body=decision_body,
        decision_due=decision_due,
        made_up_figures=made_up_figures,
        created_by=by,
    )
    case.full_clean()
    case.save()
    case.partners.set(partners)
    CaseShare.objects.create(case=case, user=by, role=COMMISSIONER.key, shared_by=by)
    record(by=by, action="cases.start_case", summary=f"started this case, in {started_in}", case=case.slug)
    return case


def _free_slug(title: str) -> str:
    stem = slugify(title)[:60].strip("-") or "case"
    if stem == "new":  # the address of the form that starts a case
        stem = "new-case"
    taken = set(Case.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


_CHANGEABLE = ("title", "question", "area_name", "area_code", "decision_body", "decision_due")


@transaction.atomic
def change_case(
    *, by: User, case: Case, partners: Iterable[Organisation] | None = None, **changes: Any
) -> Case:
    """Change what a case says about itself. The history keeps what each field was."""
    require(may(by, Permission.SHARE, case))
    unknown = set(changes) - set(_CHANGEABLE)
    if unknown:
        raise TypeError(f"not something to change on a case: {', '.join(sorted(unknown))}")
    was = {name: getattr(case, name) for name in changes}
    for name, value in changes.items():
        setattr(case, name, value)
    case.full_clean()
    case.save()
    changed = [name for name in changes if was[name] != changes[name]]
    if partners is not None:
        wanted = set(partners)
        if wanted != set(case.partners.all()):
            case.partners.set(wanted)
            changed.append("partners")
    if changed:
        record(
            by=by,
            action="cases.change_case",
            summary=f"changed {', '.join(name.replace('_', ' ') for name in changed)}",
            case=case.slug,
            details={
                name: [str(was[name] or ""), str(changes[name] or "")] for name in changed if name in was
            },
        )
    return case


@transaction.atomic
def share_case(
    *, by: User, case: Case, user: User, role: str, sentences: Iterable[Sentence] = ()
) -> CaseShare:
    """Give somebody a role on a case, or change the one they have. Sharing is always explicit."""
    require(may(by, Permission.SHARE, case))
    if role not in CASE_ROLES:
        raise ValueError(f"no role '{role}'; there are {', '.join(CASE_ROLES)}")
    if user == by:
        raise Refused("You cannot change your own role. Someone else who leads the case can.")
    share, _made = CaseShare.objects.update_or_create(
        case=case, user=user, defaults={"role": role, "shared_by": by}
    )
    share.sentences.set([sentence for sentence in sentences if sentence.case_id == case.pk])
    record(
        by=by,
        action="cases.share_case",
        summary=f"shared this case with {user} as {CASE_ROLES[role].name.lower()}",
        case=case.slug,
    )
    return share


@transaction.atomic
def unshare_case(*, by: User, case: Case, user: User) -> None:
    """Take somebody off a case. Whoever leads it last cannot be taken off."""
    require(may(by, Permission.SHARE, case))
    share = CaseShare.objects.get(case=case, user=user)
    leads = CaseShare.objects.filter(case=case, role=COMMISSIONER.key).exclude(user=user)
    if share.role == COMMISSIONER.key and not leads.exists():
        raise Refused("Somebody has to lead the case. Make someone else commissioner first.")
    share.delete()
    record(by=by, action="cases.unshare_case", summary=f"took {user} off this case", case=case.slug)
