"""What to look at again, in the order of the printed rule (``wherewithal.analyse.library.recheck``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone

from wherewithal.analyse.library import read_programme, registers, subject_of
from wherewithal.analyse.library import recheck as rule
from wherewithal.analyse.library.disagreement_finding import disagreement_subject
from wherewithal.analyse.library.entry_finding import entry_subject
from wherewithal.analyse.library.study_finding import study_subject
from wherewithal_web.analyse.library.models import SourceCheck, Study
from wherewithal_web.analyse.library.queries.programmes import identity_of
from wherewithal_web.analyse.library.queries.resting import Resting, Weight
from wherewithal_web.analyse.library.queries.standing import entries_of, newest_editions, standings
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User


@dataclass(frozen=True)
class ToLookAt:
    """One thing on the queue as a page shows it.

    ``register`` is the key of the one whose newer edition would bring the new facts, "" for a study; ``check``
    the newest look at it.
    """

    due: rule.Due
    weight: Weight
    register: str
    check: SourceCheck | None


@dataclass(frozen=True)
class _Held:
    """One thing that can fall due, the handles under which findings rest on it, and its register's key."""

    item: rule.Item
    handles: tuple[str, ...]
    register: str = ""


def recheck_queue(user: User, *, on_threads: bool = False) -> list[ToLookAt]:
    """Everything that is due; cases are named only where this person may see them.

    ``on_threads`` looks only at what is on some case's thread, which is quick however much is held.
    """
    resting = Resting(user)
    checks = {check.subject: check for check in SourceCheck.objects.select_related("by").order_by("on", "pk")}
    held = {each.item.subject: each for each in _everything(_on_threads() if on_threads else None)}
    weights = {subject: resting.on(*each.handles) for subject, each in held.items()}
    items = []
    for subject, each in held.items():
        check, weight = checks.get(subject), weights[subject]
        # Asking services is how a study is looked at: that is its date already.
        seen = rule.Check(check.on, check.outcome) if check and not subject.startswith("study:") else None
        rests = rule.Resting(weight.decisions, weight.sentences, weight.findings)
        items.append(replace(each.item, check=seen, resting=rests))
    return [
        ToLookAt(due, weights[due.subject], held[due.subject].register, checks.get(due.subject))
        for due in rule.queue(items, today=today())
    ]


def decisions_wait_on(user: User) -> int:
    """How many things that decisions rest on are due another look, for a digest."""
    return sum(1 for each in recheck_queue(user, on_threads=True) if each.due.decisions)


def name_of_subject(subject: str) -> str | None:
    """What a check's subject is called, or None where the library holds nothing of that name."""
    return next((each.item.name for each in _everything() if each.item.subject == subject), None)


def register_of_subject(subject: str) -> str:
    """The key of the register whose newer edition would bring the new facts; "" where there is none."""
    return next((each.register for each in _everything() if each.item.subject == subject), "")


def _on_threads() -> set[str]:
    """The subjects of the library's findings."""
    found = StoredFinding.objects.filter(case=None, subject__startswith="library:")
    return set(found.values_list("subject", flat=True))


def _everything(subjects: set[str] | None = None) -> Iterator[_Held]:
    """What can fall due: all of it, or of programmes, entries and studies those with findings of these subjects."""
    yield from _programmes(subjects)
    yield from _entries(subjects)
    for key, edition in newest_editions().items():
        yield _Held(rule.copy_item(edition.edition(())), (f"register:{key}",), key)
    yield from _studies(subjects)


def _programmes(subjects: set[str] | None) -> Iterator[_Held]:
    kinds = (subject_of(""), disagreement_subject(""))
    slugs = None
    if subjects is not None:
        slugs = {
            subject.removeprefix(kind) for subject in subjects for kind in kinds if subject.startswith(kind)
        }
    for slug, rows in standings(slugs).items():
        item = rule.rating_item(read_programme(identity_of(rows), rows, today=today()))
        if item is not None:
            first = next(row.register for row in rows if row.row.link == item.link)
            yield _Held(item, (subject_of(slug), disagreement_subject(slug)), first)


def _entries(subjects: set[str] | None) -> Iterator[_Held]:
    for key, register in registers().items():
        start = entry_subject(key, "")
        if subjects is not None and not any(subject.startswith(start) for subject in subjects):
            continue
        for slug, standing in ({} if register.rates else entries_of(key)).items():
            item = rule.entry_item(register, standing)
            if item is not None:
                yield _Held(item, (entry_subject(key, slug),), key)


def _studies(subjects: set[str] | None) -> Iterator[_Held]:
    studies = Study.objects.exclude(doi="")
    if subjects is not None:
        start = study_subject("")
        studies = studies.filter(
            key__in=[subject.removeprefix(start) for subject in subjects if subject.startswith(start)]
        )
    for study in studies:
        item = rule.study_item(
            slug=study.slug,
            title=str(study),
            doi=study.doi,
            asked_on=timezone.localdate(study.asked_at) if study.asked_at else None,
            added_on=timezone.localdate(study.added_at),
        )
        if item is not None:
            yield _Held(item, (study_subject(study.key),))
