"""Who else has done this: told by people here, changed or removed by them or by those who keep the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from wherewithal.analyse.library.example import example_subject
from wherewithal.analyse.library.slugs import slug_of
from wherewithal.errors import BadInput, Problem
from wherewithal.thread import Kind
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import PracticeExample
from wherewithal_web.analyse.library.permissions import may_add, may_change
from wherewithal_web.analyse.library.searching import refresh_search
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import refresh_finding
from wherewithal_web.cases.models import SourceEvent, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require

FIELDS = (
    "title",
    "place",
    "programmes",
    "topics",
    "ages",
    "done",
    "happened",
    "year",
    "contact",
    "contact_agreed",
    "link",
)


def add_example(
    *,
    by: User,
    title: str,
    place: str,
    done: str,
    happened: str = "",
    programmes: Sequence[str] = (),
    topics: str = "",
    ages: str = "",
    year: int | None = None,
    contact: str = "",
    contact_agreed: bool = False,
    link: str = "",
) -> PracticeExample:
    """Tell what a place or service did. ``programmes`` are slugs.

    Raises BadInput where there is no title, place or account, or a contact who has not agreed.
    """
    require(may_add(by))
    said = {
        "title": title,
        "place": place,
        "programmes": list(programmes),
        "topics": topics,
        "ages": ages,
        "done": done,
        "happened": happened,
        "year": year,
        "contact": contact,
        "contact_agreed": contact_agreed,
        "link": link,
    }
    _check(said)
    with transaction.atomic():
        example = _made(by, said)
        record(by=by, action="library.add_example", summary=f"told of a practice example: {title}, {place}")
        refresh_search(examples=[example.pk])
    return example


def _made(by: User, said: dict[str, Any]) -> PracticeExample:
    """A new row under an address of its own, also where two people tell of the same at once."""
    stem, number = slug_of(f"{said['title']} {said['place']}")[:70].strip("-"), 1
    while True:
        slug = stem if number == 1 else f"{stem}-{number}"
        try:
            with transaction.atomic():
                return PracticeExample.objects.create(slug=slug, added_by=by, **said)
        except IntegrityError:
            if not PracticeExample.objects.filter(slug=slug).exists():
                raise
            number += 1


@transaction.atomic
def change_example(*, by: User, example: PracticeExample, **said: Any) -> PracticeExample:
    """Change what an example tells; whatever is not named stays. Cases that rest on it get the newer account.

    Raises BadInput as ``add_example`` does, and TypeError for a name that an example does not have.
    """
    require(may_change(by, example.added_by_id))
    if unknown := set(said) - set(FIELDS):
        raise TypeError(f"an example has no {', '.join(sorted(unknown))}")
    now = {name: getattr(example, name) for name in FIELDS} | said
    now["programmes"] = list(now["programmes"])
    _check(now)
    changed = [name for name in FIELDS if getattr(example, name) != now[name]]
    if not changed:
        return example
    for name in changed:
        setattr(example, name, now[name])
    example.save(update_fields=[*changed, "changed_at"])
    record(
        by=by,
        action="library.change_example",
        summary=f"changed the practice example {example.title}",
        details={"changed": [name.replace("_", " ") for name in changed]},
    )
    refresh_finding(by=by, finding=queries.finding_of_example(example))
    refresh_search(examples=[example.pk])
    return example


@transaction.atomic
def remove_example(*, by: User, example: PracticeExample) -> None:
    """Remove an example with its contact and text. What rests on it in cases keeps what it cites, and says so.

    A note of who removed what and when stays in the audit trail.
    """
    require(may_change(by, example.added_by_id))
    subject, title = example_subject(example.slug), example.title
    record(by=by, action="library.remove_example", summary=f"removed the practice example {title}")
    if StoredFinding.objects.filter(subject=subject).exists():
        SourceEvent.objects.create(
            source_key=f"example:{example.slug}",
            kind=Kind.WITHDRAWN.value,
            on=today(),
            words="The account was removed from the library.",
            recorded_by=by,
        )
    pk = example.pk
    example.delete()
    refresh_search(examples=[pk])


def _check(said: dict[str, Any]) -> None:
    problems = [
        Problem(where, "nothing", expected, do)
        for name, where, expected, do in (
            ("title", "the title", "a few words", "Say in a few words what was done."),
            ("place", "the place", "where it was done", "Name the council, area or service."),
            ("done", "what was done", "an account", "Tell what was done."),
        )
        if not str(said[name]).strip()
    ]
    if said["contact"] and not said["contact_agreed"]:
        problems.append(
            Problem(
                "the contact",
                "nobody says that they agreed",
                "their agreement to be asked",
                "Ask them first, or leave the contact out.",
            )
        )
    if said["year"] is not None and not 1980 <= said["year"] <= today().year:
        problems.append(
            Problem(
                "the year",
                str(said["year"]),
                f"a year from 1980 to {today().year}",
                "Give the year it was done.",
            )
        )
    if problems:
        raise BadInput("The example was not saved.", problems)
