"""Reading people and organisations. Everyone who signs in may see who works where."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from wherewithal_web.people.models import Membership, Organisation, User


def organisations_with_people() -> QuerySet[Organisation]:
    """Every organisation with its active members."""
    active = Membership.objects.filter(user__is_active=True).select_related("user").order_by("user__name")
    return Organisation.objects.prefetch_related(Prefetch("memberships", queryset=active))


def demo_accounts() -> QuerySet[User]:
    """The accounts of the demo, in the order they were made: there are none outside it."""
    return User.objects.filter(is_demo=True, is_active=True).order_by("pk")
