"""What a person may see: where every reading of a case starts."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from wherewithal_web.cases.models import Case, CaseShare, StoredFinding
from wherewithal_web.people.models import User
from wherewithal_web.people.roles import CASE_ROLES, Permission


def cases_seen_by(user: User, permission: Permission = Permission.VIEW) -> QuerySet[Case]:
    """The cases on which this person holds a role with ``permission``."""
    roles = [role.key for role in CASE_ROLES.values() if permission in role.permissions]
    if not user.is_authenticated:
        return Case.objects.none()
    return Case.objects.filter(shares__user=user, shares__role__in=roles).distinct()


def case_for(user: User, slug: str, permission: Permission = Permission.VIEW) -> Case:
    """The case, if this person may see it. Raises Http404 otherwise, in the words of a case that is not there."""
    case = cases_seen_by(user, permission).filter(slug=slug).select_related("organisation").first()
    if case is None:
        raise Http404("There is no such case, or it is not shared with you.")
    return case


def share_for(user: User, slug: str, permission: Permission = Permission.VIEW) -> CaseShare:
    """``case_for`` with this person's place on the case, in one reading. Raises Http404 as it does."""
    roles = [role.key for role in CASE_ROLES.values() if permission in role.permissions]
    share = None
    if user.is_authenticated and user.is_active:
        rows = CaseShare.objects.filter(case__slug=slug, user=user, role__in=roles)
        share = rows.select_related("case").order_by().first()
    if share is None:
        raise Http404("There is no such case, or it is not shared with you.")
    return share


def sources_seen_by(user: User) -> list[tuple[str, str]]:
    """Every source under a finding this person may see, as key and title, in order of title."""
    rows = StoredFinding.objects.filter(Q(case__isnull=True) | Q(case__in=cases_seen_by(user)))
    found = {source["key"]: source["title"] for row in rows.only("body") for source in row.body["sources"]}
    return sorted(found.items(), key=lambda item: item[1])
