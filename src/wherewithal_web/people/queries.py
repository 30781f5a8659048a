"""Reading people and organisations. Everyone who signs in may see who works where."""

from __future__ import annotations

from django.db.models import Case, Prefetch, QuerySet, When

from wherewithal_web.people.models import Membership, Organisation, User
from wherewithal_web.people.roles import ADMINISTRATOR


def organisations_with_people() -> QuerySet[Organisation]:
    """Every organisation with its active members."""
    active = Membership.objects.filter(user__is_active=True).select_related("user").order_by("user__name")
    return Organisation.objects.prefetch_related(Prefetch("memberships", queryset=active))


def demo_accounts() -> QuerySet[User]:
    """The accounts of the demo, whoever leads its case first and its administrator last. None outside the demo."""
    last = Case(When(memberships__role=ADMINISTRATOR.key, then=1), default=0)
    return User.objects.filter(is_demo=True, is_active=True).order_by(last, "pk")
