"""Who may add to the library's own pages, and who may change or remove what was added."""

from __future__ import annotations

from wherewithal_web.cases.queries import cases_seen_by
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import Verdict, may
from wherewithal_web.people.roles import Permission


def may_add(user: User) -> Verdict:
    """Whoever contributes to a case, and whoever keeps the library, may tell of a study or of what others did."""
    if may(user, Permission.CURATE):
        return Verdict(True, "keeps the library")
    if cases_seen_by(user, Permission.CONTRIBUTE).exists():
        return Verdict(True, "contributes to a case")
    return Verdict(
        False,
        "To add to the library you need to contribute to a case, or to be evidence champion or administrator. Start "
        "a case, or ask whoever leads one to share it with you.",
    )


def may_change(user: User, added_by: int) -> Verdict:
    """Whoever added something (a primary key), and whoever keeps the library, may change or remove it."""
    if user.is_authenticated and user.is_active and user.pk == added_by:
        return Verdict(True, "added it")
    if may(user, Permission.CURATE):
        return Verdict(True, "keeps the library")
    return Verdict(
        False,
        "Only the person who added this, or an evidence champion or administrator, can change or remove it. Ask "
        "one of them.",
    )
