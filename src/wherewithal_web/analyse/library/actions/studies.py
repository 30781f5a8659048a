"""Studies and reports worth keeping at hand: added once, changed by whoever added them or keeps the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from wherewithal.analyse.library.slugs import slug_of
from wherewithal.analyse.library.study_finding import study_subject
from wherewithal.errors import BadInput, Problem
from wherewithal.sources.work import RETRACTION, Notice, Work
from wherewithal.thread import fingerprint_of
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import Study, StudyNotice
from wherewithal_web.analyse.library.permissions import may_add, may_change
from wherewithal_web.analyse.library.searching import refresh_search
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import refresh_finding
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import Refused, require


@dataclass(frozen=True)
class Kept:
    """A study in the library. ``fresh`` is False where it was there before: then nothing was changed."""

    study: Study
    fresh: bool


def add_study(
    *, by: User, work: Work, says: str = "", programmes: Sequence[str] = (), asked: bool = False
) -> Kept:
    """Keep a study or report. ``programmes`` are slugs; ``asked`` says that a service described it just now.

    One that is there already, by its DOI or else its title and year, is given as it is. Notices that came with it
    are kept. Raises BadInput where it has no title.
    """
    require(may_add(by))
    if not work.title:
        raise BadInput(
            "The study was not added.", [Problem("the title", "nothing", "its title", "Write its title.")]
        )
    work = replace(work, doi=work.doi.lower())
    key = study_key(work)
    there = Study.objects.filter(key=key).first()
    if there is not None:
        return Kept(there, fresh=False)
    try:
        with transaction.atomic():
            study = Study.objects.create(
                key=key,
                slug=_slug(work, key),
                work=work.as_dict(),
                doi=work.doi,
                says=" ".join(says.split()),
                programmes=list(dict.fromkeys(programmes)),
                added_by=by,
                asked_at=timezone.now() if asked else None,
                known=True if asked else None,
            )
            _keep_notices(work)
            record(
                by=by,
                action="library.add_study",
                summary=f"added the study {work.title}",
                details={"key": key, "source": work.source or "by hand"},
            )
            refresh_search(studies=[study.pk])
    except IntegrityError:  # a second click
        return Kept(Study.objects.get(key=key), fresh=False)
    return Kept(study, fresh=True)


def study_key(work: Work) -> str:
    """What makes a study the same one: its DOI, or else its title and year."""
    if work.doi:
        return f"doi:{work.doi.lower()}"[:200]
    title = " ".join(work.title.casefold().split())
    return f"work:{fingerprint_of([title, work.year])[:32]}"


def _slug(work: Work, key: str) -> str:
    return f"{slug_of(work.title)[:60].strip('-')}-{sha256(key.encode()).hexdigest()[:8]}"


def _keep_notices(work: Work) -> None:
    notices = list(work.notices)
    if work.retracted and not any(notice.takes_it_back for notice in notices):
        notices.append(Notice(RETRACTION, source=work.source))
    for notice in notices if work.doi else ():
        StudyNotice.objects.get_or_create(
            doi=work.doi,
            kind=notice.kind[:40],
            notice_doi=notice.doi[:200],
            source=notice.source[:60],
            defaults={"date": notice.date},
        )


@transaction.atomic
def change_study(*, by: User, study: Study, says: str, programmes: Sequence[str]) -> Study:
    """Say anew what a study found and which programmes it is about. Cases that rest on it get the newer finding."""
    require(may_change(by, study.added_by_id))
    now = (" ".join(says.split()), list(dict.fromkeys(programmes)))
    if (study.says, study.programmes) == now:
        return study
    study.says, study.programmes = now
    study.save(update_fields=["says", "programmes"])
    record(by=by, action="library.change_study", summary=f"changed what is said of the study {study}")
    refresh_study(by=by, study=study)
    return study


def refresh_study(*, by: User, study: Study) -> StoredFinding | None:
    """The newer finding of a study about which something was learned, such as a notice. None where nobody rests on it.

    Called inside the transaction that learned it, by an action that has checked its own permission.
    """
    refresh_search(studies=[study.pk])
    return refresh_finding(by=by, finding=queries.finding_of_study(study))


@transaction.atomic
def remove_study(*, by: User, study: Study) -> None:
    """Take out a study that was added by mistake. Refused once a case rests on it."""
    require(may_change(by, study.added_by_id))
    if StoredFinding.objects.filter(subject=study_subject(study.key)).exists():
        raise Refused("A case has this study on its thread, so it stays. Correct what is said of it instead.")
    record(
        by=by, action="library.remove_study", summary=f"removed the study {study}", details={"key": study.key}
    )
    pk = study.pk
    study.delete()
    refresh_search(studies=[pk])
