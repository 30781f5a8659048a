"""May this person? Every answer comes with its reason, and a refusal is shown with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from wherewithal_web.people.models import User
from wherewithal_web.people.roles import ORGANISATION_ROLES, Permission


@dataclass(frozen=True)
class Verdict:
    """Yes or no, and why. True in a condition exactly when it is a yes."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


class Refused(PermissionDenied):
    """Somebody asked for what they may not do, or what cannot be done now. ``reason`` is for them to read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def require(verdict: Verdict) -> None:
    """Raises Refused with the reason where the verdict is a no."""
    if not verdict:
        raise Refused(verdict.reason)


def may(user: User, permission: Permission) -> Verdict:
    """May this person do this in their organisation?"""
    if user.is_authenticated and user.is_the_terminal and permission is Permission.CURATE:
        return Verdict(
            True, "Whoever can run commands on this machine can already read and change its database."
        )
    if not user.is_authenticated or not user.is_active:
        return Verdict(False, "Sign in first.")
    held = [ORGANISATION_ROLES[membership.role] for membership in user.memberships.all()]
    for role in held:
        if permission in role.permissions:
            return Verdict(True, f"{role.name}: {permission}")
    who = [role.name.lower() for role in ORGANISATION_ROLES.values() if permission in role.permissions]
    return Verdict(False, f"To {permission} you need to be {' or '.join(who)}. Ask your administrator.")
