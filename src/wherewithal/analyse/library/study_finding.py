"""A study or report, with what was published about it since, as a finding on the thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wherewithal.analyse.library.dates import years_on
from wherewithal.analyse.library.entry_finding import as_sentence
from wherewithal.plain_english import long_date
from wherewithal.sources.work import CONCERN, CORRECTION, REINSTATEMENT, RETRACTION, Notice
from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of

METHOD = Method("library study", "1")
LOOK_AGAIN_YEARS = 3
SAYS_NOTHING = "Nobody here has written down what it found."


def study_subject(key: str) -> str:
    """The subject under which what is known of a study follows one another on the thread."""
    return f"library:study:{key}"


def study_finding(
    work: Mapping[str, Any],
    says: str,
    notices: Iterable[Notice],
    *,
    slug: str,
    key: str,
    today: date,
) -> Finding:
    """A study in the research lane: who, when, where, and what a person here says it found (``says``).

    ``work`` is in the shape of ``wherewithal.sources.work.Work.as_dict``; ``key`` tells the study from all others
    ("doi:10.1000/x", or a hash of title and year). Each notice is an input, so that a retraction or correction makes
    a new finding and shows as drift; it is also the first of the cautions. A paper whose service marks it as retracted
    counts as retracted without a notice. Two services that report one notice count once.
    """
    title = str(work.get("title") or "Untitled study").rstrip(".")
    doi = str(work.get("doi") or "").lower()
    known = distinct_notices([*(_with_its_own_doi(notice, doi) for notice in notices), *_marked(work)])
    findings = f"It found, as noted here: {as_sentence(says)}" if says else SAYS_NOTHING
    taken_back = _stands_taken_back(known)
    paper = fingerprint_of({"title": title, "doi": doi, "year": work.get("year"), "says": says})
    return Finding(
        lane=Lane.RESEARCH,
        subject=study_subject(key),
        title=title,
        statement=f"{'Retracted. ' if taken_back else ''}{_citation(work, title)} {findings}",
        method=METHOD,
        inputs=(
            Input(f"Study: {title}", paper),
            *_notice_inputs(known),
        ),
        sources=(
            Source(
                key=f"doi:{doi}" if doi else f"study:{key}",
                title=title,
                url=f"https://doi.org/{doi}" if doi else str(work.get("link") or ""),
                edition=", ".join(filter(None, (str(work.get("venue") or ""), str(work.get("year") or "")))),
                licence=str(work.get("licence") or ""),
            ),
        ),
        found_on=today,
        look_again=years_on(
            today, 1 if any(notice.kind == CONCERN for notice in known) else LOOK_AGAIN_YEARS
        ),
        facts={
            "What it found": says or "not written down here",
            "Notices": "; ".join(_in_short(notice) for notice in known) or "none known",
        },
        cautions=tuple(_cautions(known, says, doi)),
        link=f"/library/studies/{slug}/",
    )


def distinct_notices(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Each notice once, the gravest kinds first, then the oldest.

    Services report one notice with or without its own DOI and date: one that gives less than another of its kind,
    and nothing different, is the same notice.
    """
    fullest = sorted(
        notices, key=lambda notice: (not notice.doi, notice.date is None, notice.doi, notice.source)
    )
    kept: list[Notice] = []
    for notice in fullest:
        if not any(_same(notice, other) for other in kept):
            kept.append(notice)
    return tuple(
        sorted(kept, key=lambda notice: (_gravity(notice), notice.date or date.max, notice.kind, notice.doi))
    )


def _with_its_own_doi(notice: Notice, paper: str) -> Notice:
    """The notice, without a DOI where that is the paper's: some services give the one for the other."""
    return replace(notice, doi="") if notice.doi and notice.doi.lower() == paper else notice


def _same(less: Notice, more: Notice) -> bool:
    if less.kind != more.kind:
        return False
    if less.doi and more.doi:
        return less.doi.lower() == more.doi.lower()
    return less.date is None or more.date is None or less.date == more.date


def _gravity(notice: Notice) -> int:
    if notice.takes_it_back:
        return 0
    return {"partial retraction": 1, CONCERN: 2, CORRECTION: 3}.get(notice.kind, 4)


def _marked(work: Mapping[str, Any]) -> tuple[Notice, ...]:
    """The notice that the service's own mark of a retraction stands for."""
    return (
        (Notice(RETRACTION, source=str(work.get("source") or "")),) if work.get("retracted") is True else ()
    )


def _stands_taken_back(notices: Sequence[Notice]) -> bool:
    """Whether it was taken back, and not put back since."""
    back = [notice.date for notice in notices if notice.takes_it_back]
    again = [notice.date for notice in notices if notice.kind == REINSTATEMENT and notice.date]
    return any(when is None or not any(later >= when for later in again) for when in back)


def _notice_inputs(notices: Sequence[Notice]) -> list[Input]:
    """An input for each notice, told apart by its kind and which of that kind it is.

    Not by its DOI or date: another service that fills one of them in tells nothing new.
    """
    seen: Counter[str] = Counter()
    inputs = []
    for notice in notices:
        seen[notice.kind] += 1
        inputs.append(
            Input(f"Notice: {notice.kind}", fingerprint_of(["notice", notice.kind, seen[notice.kind]]))
        )
    return inputs


def _cautions(notices: Sequence[Notice], says: str, doi: str) -> list[str]:
    found = [notice_in_words(notice) for notice in notices]
    found.append("One study. Nobody here has judged how well it was done.")
    if not says:
        found.append(SAYS_NOTHING)
    if not doi:
        found.append("It has no DOI, so nobody tells us of retractions or corrections.")
    return found


def notice_in_words(notice: Notice) -> str:
    """A notice as a sentence: what it means for whoever rests something on the study."""
    when = f" on {long_date(notice.date)}" if notice.date else ""
    who = f", by {notice.source}" if notice.source else ""
    if notice.takes_it_back:
        return f"Taken back ({notice.kind}){when}{who}. Do not rest anything on it."
    if notice.kind == CONCERN:
        return (
            f"Its journal voiced concern about it{when}{who}. Rest nothing on it alone until that is settled."
        )
    if notice.kind == CORRECTION:
        return f"Corrected{when}{who}. Check whether the correction touches what you use."
    return f"A notice was published about it ({notice.kind}){when}{who}. Read it before you use the study."


def _in_short(notice: Notice) -> str:
    return f"{notice.kind} ({long_date(notice.date)})" if notice.date else notice.kind


def _citation(work: Mapping[str, Any], title: str) -> str:
    names = [str(author).split(",")[0].strip() for author in work.get("authors") or ()]
    who = " and ".join(names[:2]) if len(names) < 3 else f"{names[0]} and others"
    year = str(work.get("year") or "no date")
    venue = str(work.get("venue") or "")
    return f"{f'{who} ({year}): ' if who else f'({year}) '}{title}{f'. {venue}' if venue else ''}."
