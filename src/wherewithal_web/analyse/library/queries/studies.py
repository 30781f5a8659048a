"""Studies and reports that people added, with what was published about them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.analyse.library.study_finding import distinct_notices, study_finding
from wherewithal.plain_english import listed
from wherewithal.sources.work import Notice, Work, may_be_passed_on
from wherewithal.thread import Finding
from wherewithal_web.analyse.library.models import Study, StudyNotice
from wherewithal_web.clock import today

MOST_NAMED = 6
"""How many authors a citation names; more become "and others"."""


@dataclass(frozen=True)
class Shown:
    """A study as pages show it: what was published of it, and every notice about it, the gravest first."""

    study: Study
    work: Work
    notices: tuple[Notice, ...]

    @property
    def citation(self) -> str:
        """Authors, year, title and where it was published, as far as our copy shows them."""
        work = self.work
        place = ", ".join(
            part
            for part in (
                work.venue,
                f"{work.volume}{f'({work.issue})' if work.issue else ''}" if work.volume else "",
                work.pages,
            )
            if part
        )
        parts = [_people(work.authors), f"({work.year or 'no date'})"]
        return f"{' '.join(filter(None, parts))}. {work.title.rstrip('.')}.{f' {place}.' if place else ''}"

    @property
    def people(self) -> str:
        return _people(self.work.authors)

    @property
    def abstract(self) -> str:
        """Only where the work's own licence lets it be shown."""
        return self.work.abstract if may_be_passed_on(self.work.licence) else ""

    @property
    def link(self) -> str:
        return f"https://doi.org/{self.study.doi}" if self.study.doi else self.work.link

    @property
    def taken_back(self) -> bool:
        """Whether a notice, or the service that described it, says that the whole work was taken back."""
        return self.work.retracted is True or any(notice.takes_it_back for notice in self.notices)

    @property
    def warning(self) -> str:
        """The gravest notice in a few words, for a list; empty where none is known."""
        if self.taken_back:
            return "Retracted"
        kinds = list(dict.fromkeys(notice.kind for notice in self.notices))
        return listed(kinds).capitalize()


def _people(authors: Iterable[str]) -> str:
    authors = list(authors)
    if len(authors) > MOST_NAMED:
        return f"{'; '.join(authors[:3])} and others"
    return "; ".join(authors)


def shown(studies: Iterable[Study]) -> list[Shown]:
    """These studies with their notices, in their order."""
    studies = list(studies)
    notices: dict[str, list[Notice]] = defaultdict(list)
    for row in StudyNotice.objects.filter(doi__in=[study.doi for study in studies if study.doi]):
        notices[row.doi].append(Notice(row.kind, row.notice_doi, row.date, row.source))
    return [
        Shown(study, Work.from_dict(study.work), distinct_notices(notices[study.doi])) for study in studies
    ]


def studies_about(slug: str) -> list[Shown]:
    """The studies that somebody said are about this programme, newest work first."""
    rows = Study.objects.values_list("pk", "programmes")
    mine = [pk for pk, programmes in rows if slug in programmes]
    found = shown(Study.objects.filter(pk__in=mine)) if mine else []
    return sorted(found, key=lambda each: each.work.year or 0, reverse=True)


def finding_of_study(study: Study) -> Finding:
    """What the study found, as said here, with every notice about it."""
    (each,) = shown([study])
    return study_finding(study.work, study.says, each.notices, slug=study.slug, key=study.key, today=today())
