"""A file that somebody brought, kept until they accept it or leave it."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from wherewithal.sources.files import TextFile
from wherewithal_web.analyse.library.actions.editions import AppliedTogether, apply_editions
from wherewithal_web.analyse.library.actions.loading import Look, load_file, refuse_held
from wherewithal_web.analyse.library.models import WaitingEdition
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission

WAITING_FOR = timedelta(days=1)
"""How long a file that nobody accepted is kept."""

EVERY = "*"
"""Stands for the register of a waiting file that gathers several."""


@transaction.atomic
def keep_for_a_look(
    *,
    by: User,
    file: TextFile,
    register: str = "",
    edition_date: date,
    complete: bool = True,
    origin: str = "",
) -> WaitingEdition:
    """Keep a file that was read without a problem until its bringer accepts or leaves it.

    Without ``register`` it must gather several. Raises BadInput with every problem in it, or where all of it
    is in already; then nothing is kept.
    """
    require(may(by, Permission.CURATE))
    look = load_file(
        file=file, register=register, edition_date=edition_date, complete=complete, origin=origin
    )
    if not look.parts:
        raise refuse_held(look.already[0], edition_date)
    WaitingEdition.objects.filter(added_at__lt=timezone.now() - WAITING_FOR).delete()
    return WaitingEdition.objects.create(
        register=register or EVERY,
        date=edition_date,
        complete=complete,
        origin=origin,
        file_name=file.name[:200],
        text=file.text,
        added_by=by,
    )


def load_waiting(waiting: WaitingEdition) -> Look:
    """Read a kept file again and compare it with what stands now."""
    return load_file(
        file=_text_file(waiting),
        register="" if waiting.register == EVERY else waiting.register,
        edition_date=waiting.date,
        complete=waiting.complete,
        origin=waiting.origin,
    )


def _text_file(waiting: WaitingEdition) -> TextFile:
    data = waiting.text.encode()
    return TextFile(waiting.file_name, waiting.text, "utf-8", sha256(data).hexdigest(), len(data))


@transaction.atomic
def accept_edition(*, by: User, waiting: WaitingEdition) -> AppliedTogether:
    """Apply a kept file. Read again first: another edition may have come in between."""
    require(may(by, Permission.CURATE))
    look = load_waiting(waiting)
    if not look.parts:
        raise refuse_held(look.already[0], waiting.date)
    applied = apply_editions(by=by, editions=look.editions, file_name=waiting.file_name)
    waiting.delete()
    return applied


@transaction.atomic
def leave_edition(*, by: User, waiting: WaitingEdition) -> None:
    """Throw a kept file away."""
    require(may(by, Permission.CURATE))
    waiting.delete()
