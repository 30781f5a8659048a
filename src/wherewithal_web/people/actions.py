"""Everything that changes people and organisations."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from wherewithal_web.audit.actions import record
from wherewithal_web.people.models import TERMINAL, Membership, Organisation, User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import ADMINISTRATOR, ORGANISATION_ROLES, Permission


@transaction.atomic
def first_administrator(
    *,
    email: str,
    name: str,
    password: str,
    organisation: str,
    kind: str,
    job_title: str = "",
    is_demo: bool = False,
) -> User:
    """The first person of a new installation, made from the command line on its own machine.

    Raises ValueError where there already is somebody: from then on an administrator adds people.
    """
    if User.objects.people().exists():
        raise ValueError("There are people here already: ask an administrator to add you.")
    home = Organisation.objects.create(name=organisation, kind=kind)
    user = _new_user(email=email, name=name, job_title=job_title, password=password, is_demo=is_demo)
    Membership.objects.create(user=user, organisation=home, role=ADMINISTRATOR.key)
    record(
        by=user,
        action="people.first_administrator",
        summary=f"set up {organisation} and became administrator",
    )
    return user


@transaction.atomic
def terminal_account() -> User:
    """The account that commands act as while there is no administrator yet. It cannot sign in."""
    user, fresh = User.objects.get_or_create(
        email=TERMINAL, defaults={"name": "The terminal of this machine", "is_active": False}
    )
    if fresh:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        record(by=user, action="people.terminal_account", summary="began to work on a new installation")
    return user


@transaction.atomic
def add_organisation(
    *, by: User, name: str, kind: str, area_name: str = "", area_code: str = ""
) -> Organisation:
    require(may(by, Permission.MANAGE_PEOPLE))
    organisation = Organisation.objects.create(name=name, kind=kind, area_name=area_name, area_code=area_code)
    record(
        by=by,
        action="people.add_organisation",
        summary=f"added {organisation} ({organisation.get_kind_display()})",
    )
    return organisation


@transaction.atomic
def add_person(
    *,
    by: User,
    email: str,
    name: str,
    password: str,
    organisation: Organisation,
    role: str,
    job_title: str = "",
    is_demo: bool = False,
) -> User:
    """A new account in an organisation. Raises ValidationError for a weak password."""
    require(may(by, Permission.MANAGE_PEOPLE))
    user = _new_user(email=email, name=name, job_title=job_title, password=password, is_demo=is_demo)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    record(
        by=by,
        action="people.add_person",
        summary=f"added {name} to {organisation} as {ORGANISATION_ROLES[role].name.lower()}",
    )
    return user


@transaction.atomic
def set_password(*, by: User, user: User, password: str) -> None:
    """A new password: one's own, or somebody else's by an administrator. Signs that person out everywhere else.

    Raises ValidationError for a weak one.
    """
    if by != user:
        require(may(by, Permission.MANAGE_PEOPLE))
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    whose = "their own password" if by == user else f"a new password for {user}"
    record(by=by, action="people.set_password", summary=f"set {whose}")


@transaction.atomic
def close_account(*, by: User, user: User) -> None:
    """The person can no longer sign in. What they did stays, with their name."""
    require(may(by, Permission.MANAGE_PEOPLE))
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(by=by, action="people.close_account", summary=f"closed the account of {user}")


def _new_user(*, email: str, name: str, job_title: str, password: str, is_demo: bool = False) -> User:
    user = User(email=email.lower(), name=name, job_title=job_title, is_demo=is_demo)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user
