"""Who may do what, in plain words. Roles are code that people can read and review, never database rows.

Two kinds: what a person does in their organisation, and what they do on one case that was shared with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may be allowed to do, as it reads in a refusal."""

    # in an organisation
    START_CASE = "start a case"
    CURATE = "bring in registers, figures and packs"
    MANAGE_PEOPLE = "add people and organisations"
    # on a case
    VIEW = "see the case"
    VIEW_SHARED = "see what was shared with them"
    CONTRIBUTE = "add findings and sentences"
    SHARE = "share the case"
    PROPOSE = "propose a decision"
    CONFIRM = "confirm or send back a decision"


@dataclass(frozen=True)
class Role:
    key: str
    name: str
    description: str
    permissions: frozenset[Permission]


def _role(key: str, name: str, description: str, *permissions: Permission) -> Role:
    return Role(key, name, description, frozenset(permissions))


P = Permission

MEMBER = _role("member", "Member", "Works for the organisation and can start a case for it.", P.START_CASE)
CHAMPION = _role(
    "champion",
    "Evidence champion",
    "Keeps the evidence current: brings in registers, figures and packs that everyone sees.",
    P.START_CASE,
    P.CURATE,
)
ADMINISTRATOR = _role(
    "administrator",
    "Administrator",
    "Adds people and organisations, and can do what a champion does.",
    P.START_CASE,
    P.CURATE,
    P.MANAGE_PEOPLE,
)
ORGANISATION_ROLES = {role.key: role for role in (MEMBER, CHAMPION, ADMINISTRATOR)}

VIEWER = _role("viewer", "Viewer", "Sees the whole case and changes nothing.", P.VIEW)
CONTRIBUTOR = _role(
    "contributor", "Contributor", "Adds findings, options and sentences.", P.VIEW, P.CONTRIBUTE
)
COMMISSIONER = _role(
    "commissioner",
    "Commissioner",
    "Leads the case: contributes, shares it, and proposes the decision.",
    P.VIEW,
    P.CONTRIBUTE,
    P.SHARE,
    P.PROPOSE,
)
APPROVER = _role(
    "approver",
    "Approver",
    "The second person: sees everything, and confirms a decision or sends it back.",
    P.VIEW,
    P.CONFIRM,
)
LIVED_EXPERIENCE = _role(
    "lived-experience",
    "Lived-experience contributor",
    "A parent, carer or young person who advises. Sees only the sentences shared with them.",
    P.VIEW_SHARED,
)
CASE_ROLES = {role.key: role for role in (VIEWER, CONTRIBUTOR, COMMISSIONER, APPROVER, LIVED_EXPERIENCE)}


def reference_page() -> str:
    """The roles as a page of the documentation, so that the words there cannot differ from the code."""
    lines = [
        "# Roles",
    ]
    for title, roles in (("In an organisation", ORGANISATION_ROLES), ("On a case", CASE_ROLES)):
        lines += ["", f"## {title}", "", "| role | what it is | may |", "|---|---|---|"]
        for role in roles.values():
            may = "; ".join(permission for permission in Permission if permission in role.permissions)
            lines.append(f"| {role.name} | {role.description} | {may} |")
    lines += ["", "A decision needs two people: nobody confirms what they proposed themselves.", ""]
    return "\n".join(lines)
