"""Whether works were taken back, corrected or doubted since they were published.

    for status in check_notices(["10.1000/one", "10.1000/two"]):
        print(status.doi, status.state, status.notices)

Crossref says which notices publishers registered and which Retraction Watch found; OpenAlex says which works it
takes to be retracted. They do not know the same works: a DOI that a service does not know is reported as that,
never as in order, and so is one about which a service could not be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from wherewithal.sources import crossref, openalex
from wherewithal.sources.catalogue import CROSSREF, OPENALEX, RETRACTION_WATCH
from wherewithal.sources.client import Client
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.json_values import dicts_in, words_in
from wherewithal.sources.retraction_watch import RetractionWatch
from wherewithal.sources.words import doi_in
from wherewithal.sources.work import REINSTATEMENT, RETRACTION, Notice

State = Literal["retracted", "has notices", "no notice found", "not known", "not checked"]

BATCH = 20
"""DOIs in one question to Crossref: a filter for each, within the length that addresses may have."""

_LONGEST_QUESTION = 3_000


@dataclass(frozen=True)
class DoiStatus:
    """What the services say about one DOI (in small letters).

    ``known``: at least one service knows the work. ``retracted``: one of them says it was taken back, and none
    that it was reinstated since. ``checked_by`` names the services that could say whether there are notices,
    ``not_known_to`` those that answered that they do not know the work; ``problems`` says why any other could
    not be asked.
    """

    doi: str
    known: bool
    retracted: bool
    notices: tuple[Notice, ...]
    checked_by: tuple[str, ...]
    not_known_to: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """In one word or two. "no notice found" is the best there is: nobody can say that there is none."""
        if self.retracted:
            return "retracted"
        if self.notices:
            return "has notices"
        if self.checked_by:
            return "no notice found"
        return "not known" if self.not_known_to else "not checked"


@dataclass
class _Gathered:
    """What has been learnt about one DOI so far."""

    notices: list[Notice] = field(default_factory=list)
    known: bool = False
    checked_by: list[str] = field(default_factory=list)
    not_known_to: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def answered(self, service: str, knows: bool) -> None:
        self.known = self.known or knows
        (self.checked_by if knows else self.not_known_to).append(service)

    def status(self, doi: str) -> DoiStatus:
        notices = _merged(self.notices)
        return DoiStatus(
            doi,
            known=self.known,
            retracted=_is_taken_back(notices),
            notices=notices,
            checked_by=tuple(self.checked_by),
            not_known_to=tuple(self.not_known_to),
            problems=tuple(dict.fromkeys(self.problems)),
        )


def check_notices(
    dois: Iterable[str],
    *,
    client: Client | None = None,
    watch: RetractionWatch | None = None,
    online: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> list[DoiStatus]:
    """What is known about each DOI, in order, each once. Never raises for a service that fails: the DOIs that it
    was not asked about say so.

    ``watch`` is a copy of the Retraction Watch database, which is looked into as well; with ``online`` false it
    is the only thing looked into. ``progress`` is called with how many of how many questions were answered.
    """
    if client is None and online:
        with Client() as own:
            return check_notices(dois, client=own, watch=watch, progress=progress)
    gathered: dict[str, _Gathered] = {}
    for said in dois:
        doi = doi_in(said).lower()
        about = gathered.setdefault(doi or said.strip().lower(), _Gathered())
        if not doi:
            about.problems.append(f"'{said.strip()[:80]}' is not a DOI: one begins with 10. and has a slash.")
    asked = [doi for doi, about in gathered.items() if not about.problems]
    if watch is not None:
        _look_into(watch, asked, gathered)
    if online and client is not None:
        questions: list[
            tuple[str, Callable[[Sequence[str], Client, Mapping[str, _Gathered]], None], list[str]]
        ] = [
            *((CROSSREF.name, _ask_crossref, batch) for batch in _batches(asked, BATCH)),
            *((OPENALEX.name, _ask_openalex, batch) for batch in _batches(asked, openalex.MOST_VALUES)),
        ]
        given_up: dict[str, str] = {}
        for number, (name, ask, batch) in enumerate(questions, start=1):
            if name not in given_up:
                try:
                    ask(batch, client, gathered)
                except SourceFailed as failure:
                    problem = f"{name} could not be asked. {failure}"
                    _note(batch, gathered, problem)
                    # Another question may be taken where this one was not; no other fault is worth trying again.
                    if failure.kind != "not accepted":
                        given_up[name] = problem
            else:
                _note(batch, gathered, given_up[name])
            if progress:
                progress(number, len(questions))
    return [about.status(doi) for doi, about in gathered.items()]


def _note(batch: Sequence[str], gathered: Mapping[str, _Gathered], problem: str) -> None:
    for doi in batch:
        gathered[doi].problems.append(problem)


def _batches(dois: Sequence[str], most: int) -> list[list[str]]:
    """``dois`` in parts of at most ``most`` that fit into one address. A comma or bar would break the services'
    filters in two: such DOIs stand alone, and are asked for one by one.
    """
    batches: list[list[str]] = []
    length = 0
    for doi in dois:
        alone = _stands_alone(doi)
        length += 3 * len(doi)  # as long as it gets when every sign is escaped
        joins = batches and not alone and not _stands_alone(batches[-1][0])
        if joins and len(batches[-1]) < most and length < _LONGEST_QUESTION:
            batches[-1].append(doi)
        else:
            batches.append([doi])
            length = 3 * len(doi)
    return batches


def _stands_alone(doi: str) -> bool:
    return any(sign in doi for sign in ",|!")


def _ask_crossref(batch: Sequence[str], client: Client, gathered: Mapping[str, _Gathered]) -> None:
    items = _crossref_items(batch, client)
    for doi in batch:
        item = items.get(doi)
        gathered[doi].answered(CROSSREF.name, item is not None)
        if item is not None:
            gathered[doi].notices += crossref.notices_of(item)
    if _stands_alone(batch[0]):
        return
    # The notices' own records too: a work's record has not always caught up with them.
    parameters = [("filter", ",".join(f"updates:{doi}" for doi in batch)), ("rows", "1000")]
    message, _ = client.get(CROSSREF, "/works", parameters, read=crossref.page_in)
    for item in dicts_in(message["items"]):
        for about, notices in crossref.notices_in(item).items():
            if about in gathered:
                gathered[about].notices += notices


def _crossref_items(batch: Sequence[str], client: Client) -> dict[str, Mapping[str, object]]:
    if _stands_alone(batch[0]):
        item = crossref.item_by_doi(batch[0], client=client)
        return {} if item is None else {batch[0]: item}
    # The same filter several times means any of them (CrossRef/rest-api-doc, "Filter names").
    parameters = [("filter", ",".join(f"doi:{doi}" for doi in batch)), ("rows", "1000")]
    message, _ = client.get(CROSSREF, "/works", parameters, read=crossref.page_in)
    return {words_in(item.get("DOI")).lower(): item for item in dicts_in(message["items"])}


def _ask_openalex(batch: Sequence[str], client: Client, gathered: Mapping[str, _Gathered]) -> None:
    if _stands_alone(batch[0]):
        work = openalex.work_by_doi(batch[0], client=client)
        works = {batch[0]: work} if work else {}
    else:
        works = openalex.works_by_doi(batch, client=client)
    for doi in batch:
        work = works.get(doi)
        gathered[doi].answered(OPENALEX.name, work is not None)
        if work is not None and work.retracted:
            gathered[doi].notices.append(Notice(RETRACTION, source=OPENALEX.name))


def _look_into(watch: RetractionWatch, dois: Iterable[str], gathered: Mapping[str, _Gathered]) -> None:
    """The database holds only works with notices: not to be in it is to have none there, and no more."""
    for doi in dois:
        notices = watch.by_doi.get(doi, ())
        gathered[doi].checked_by.append(RETRACTION_WATCH.name)
        gathered[doi].known = gathered[doi].known or bool(notices)
        gathered[doi].notices += notices


def _merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Each notice once, in order of time, with all who say so: Crossref's two records of it are one, and so is
    what Retraction Watch says there and in its own file. A service that says no more than "retracted" joins the
    notice of that kind, where there is one.
    """
    found: dict[tuple[str, str], Notice] = {}
    # Those that name the notice first, so that the others find it.
    for notice in sorted(notices, key=lambda notice: not notice.doi):
        bare = not notice.doi and notice.date is None
        same_kind = next((key for key in found if key[0] == notice.kind), None)
        key = same_kind if bare and same_kind else (notice.kind, notice.doi)
        there = found.get(key, Notice(notice.kind, notice.doi))
        names = dict.fromkeys(filter(None, [*there.source.split(", "), *notice.source.split(", ")]))
        found[key] = replace(there, date=there.date or notice.date, source=", ".join(names))
    return tuple(
        sorted(found.values(), key=lambda notice: (notice.date or date.max, notice.kind, notice.doi))
    )


def _is_taken_back(notices: Sequence[Notice]) -> bool:
    """Whether the last word is that the work was taken back. Where dates are missing, it was."""
    taken = [notice for notice in notices if notice.takes_it_back]
    back = [notice.date for notice in notices if notice.kind == REINSTATEMENT and notice.date]
    if not taken or not back:
        return bool(taken)
    dated = [notice.date for notice in taken if notice.date]
    return not dated or max(dated) > max(back)
