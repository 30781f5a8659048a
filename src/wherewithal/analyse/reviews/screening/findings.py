"""What screening adds to the thread: the account of what was looked through, and each study that was kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.analyse.reviews.records import TYPE_WORDS, Record
from wherewithal.analyse.reviews.screening.decisions import REASONS, Decision, Verdict, reason
from wherewithal.plain_english import counted, listed, long_date
from wherewithal.thread import Finding, Input, Lane, Method, Source, fingerprint_of
from wherewithal.thread.look_again import months_after

SCREENING = Method("Screening of titles and abstracts", "1")
ONE_STUDY = Method("Record of one study, as its database gives it", "1")
SEARCH_HOLDS_MONTHS = 12
"""How long a search counts as recent: Cochrane's conduct standards (MECIR C37) ask for one rerun or updated
within twelve months before publication.
"""


@dataclass(frozen=True)
class SearchFile:
    """One search as it was brought in: a file of records, with where it comes from as far as the person said."""

    name: str
    sha256: str
    records: int
    database: str = ""
    search: str = ""
    searched_on: date | None = None


def screening_finding(
    *,
    case_key: str,
    searches: Sequence[SearchFile],
    decisions: Sequence[Decision],
    found_on: date,
    duplicates: int = 0,
    link: str = "",
    made_up: bool = False,
) -> Finding:
    """The account of a screening, as a finding of the research lane.

    ``decisions`` holds the latest decision about each record that has one; ``duplicates`` is how many records of
    the searches are records of a work that another stands for. ``value`` is the number kept. Raises ValueError
    where there are no searches, no decisions, or more decisions than records.
    """
    records = sum(search.records for search in searches) - duplicates
    if not searches or not decisions:
        raise ValueError("a screening needs at least one search and one decision")
    if len(decisions) > records:
        raise ValueError(
            f"{len(decisions)} decisions about {records} records: give the latest of each record only"
        )
    verdicts = Counter(decision.verdict for decision in decisions)
    reasons = Counter(decision.reason for decision in decisions if decision.verdict is Verdict.EXCLUDE)
    people = sorted({decision.by for decision in decisions})
    left = records - len(decisions)
    dates = [search.searched_on for search in searches if search.searched_on]
    return Finding(
        lane=Lane.RESEARCH,
        subject=f"reviews:screening:{case_key}",
        title="Studies looked through",
        statement=_statement(records, len(searches), verdicts, left, duplicates),
        method=SCREENING,
        inputs=(
            *(Input(search.name, search.sha256) for search in searches),
            Input("screening decisions", _decisions_fingerprint(decisions)),
            *([Input("duplicates removed", fingerprint_of(duplicates))] if duplicates else []),
        ),
        sources=tuple(_search_source(search) for search in searches),
        found_on=found_on,
        judged_by=listed(people),
        look_again=months_after(min(dates), SEARCH_HOLDS_MONTHS) if dates else None,
        value=float(verdicts[Verdict.INCLUDE]),
        unit="records kept",
        facts=_facts(records, len(searches), verdicts, reasons, left, duplicates),
        cautions=_cautions(searches, people, verdicts, left),
        link=link,
        made_up=made_up,
    )


def _statement(
    records: int, searches: int, verdicts: Mapping[Verdict, int], left: int, duplicates: int
) -> str:
    parts = [f"{verdicts[Verdict.INCLUDE]:,} kept", f"{verdicts[Verdict.EXCLUDE]:,} left out"]
    if verdicts[Verdict.UNSURE]:
        parts.append(f"{verdicts[Verdict.UNSURE]:,} unsure")
    came = f"{counted(records, 'record')} from {counted(searches, 'search', 'searches')}"
    if duplicates:
        came += f" (without {counted(duplicates, 'duplicate')})"
    if not left:
        return f"{came} looked through: {listed(parts)}."
    return f"{records - left:,} of {came} looked through: {listed(parts)}. {left:,} still to look at."


def _facts(
    records: int,
    searches: int,
    verdicts: Mapping[Verdict, int],
    reasons: Mapping[str, int],
    left: int,
    duplicates: int,
) -> dict[str, str]:
    facts = {
        "Records found": f"{records + duplicates:,}",
        "Searches": f"{searches:,}",
        **({"Duplicates removed": f"{duplicates:,}"} if duplicates else {}),
        "Kept": f"{verdicts[Verdict.INCLUDE]:,}",
        "Left out": f"{verdicts[Verdict.EXCLUDE]:,}",
        "Unsure": f"{verdicts[Verdict.UNSURE]:,}",
        "Still to look at": f"{left:,}",
    }
    facts |= {
        f"Left out: {each.words.lower()}": f"{reasons[each.key]:,}" for each in REASONS if reasons[each.key]
    }
    return facts


def _cautions(
    searches: Sequence[SearchFile], people: Sequence[str], verdicts: Mapping[Verdict, int], left: int
) -> tuple[str, ...]:
    cautions = ["Judged by title and abstract; full texts not yet read."]
    if len(people) == 1:
        cautions.append("One person looked through them; nobody has checked the ones left out.")
    if left:
        cautions.append(f"{counted(left, 'record')} not looked at yet.")
    if verdicts[Verdict.UNSURE]:
        cautions.append(f"{counted(verdicts[Verdict.UNSURE], 'record')} undecided.")
    undated = [search.name for search in searches if not search.searched_on]
    if undated:
        cautions.append(f"The date of the search is not recorded for {listed(undated)}.")
    return tuple(cautions)


def _decisions_fingerprint(decisions: Sequence[Decision]) -> str:
    """Who decided what about which record and why. Not when: the same decisions again are the same result."""
    return fingerprint_of(sorted([d.record, d.verdict, d.reason, d.words, d.by] for d in decisions))


def _search_source(search: SearchFile) -> Source:
    where = search.database or search.name
    edition = f"searched {long_date(search.searched_on)}" if search.searched_on else ""
    return Source(key=f"search:{search.sha256[:16]}", title=f"Search of {where}", edition=edition)


def decision_words(decision: Decision) -> str:
    """ "kept", "unsure", or "left out: wrong population" with the person's own words, if any."""
    if decision.verdict is not Verdict.EXCLUDE:
        return decision.verdict.words
    why = reason(decision.reason)
    own = decision.words.strip()
    return f"left out: {own if why.needs_words else f'{why.words.lower()} ({own})' if own else why.words.lower()}"


def record_finding(
    record: Record,
    *,
    decision: Decision,
    found_on: date,
    search: SearchFile | None = None,
    link: str = "",
    made_up: bool = False,
) -> Finding:
    """One study that was kept, as a finding of the research lane that says nothing about its result.

    Its source's key is "doi:…" (or "pmid:…", or a hash of the title), so that a retraction can be told later.
    A study that was kept, and is left out or in doubt after all, makes a new finding on the same subject that
    says so. Raises ValueError for a record without a title.
    """
    if not record.title:
        raise ValueError("a record without a title cannot go on the thread")
    facts = {
        "Screening": decision_words(decision),
        "Authors": listed([author.split(",")[0] for author in record.authors[:6]]),
        "Year": str(record.year or ""),
        "Published in": record.journal,
        "Kind": TYPE_WORDS.get(record.type, record.type),
        "DOI": record.doi,
    }
    if len(record.authors) > 6:
        facts["Authors"] = f"{', '.join(author.split(',')[0] for author in record.authors[:6])} and others"
    cautions = ["One study; not appraised yet."]
    if decision.verdict is not Verdict.INCLUDE:
        cautions.insert(0, f"No longer kept in the review: {decision_words(decision)}.")
    if record.said_to_be_retracted:
        cautions.insert(0, "The database says that this article has been retracted.")
    if not record.abstract:
        cautions.append("Kept on its title: the record has no abstract.")
    said = fingerprint_of([decision.verdict, decision.reason, decision.words])
    inputs = [Input("record", record.fingerprint), Input("screening decision", said)]
    if search is not None:
        inputs.append(Input(search.name, search.sha256))
    title = re.sub(r"[.\s]+$", "", record.title)
    where = f" {record.journal.rstrip('.')}." if record.journal else ""
    return Finding(
        lane=Lane.RESEARCH,
        subject=f"reviews:record:{record.key}",
        title=record.short_citation,
        statement=f"{title}.{where}",
        method=ONE_STUDY,
        inputs=tuple(inputs),
        sources=(Source(key=record.key, title=title, url=record.link, edition=str(record.year or "")),),
        found_on=found_on,
        judged_by=decision.by,
        facts={name: text for name, text in facts.items() if text},
        cautions=tuple(cautions),
        link=link,
        made_up=made_up,
    )
