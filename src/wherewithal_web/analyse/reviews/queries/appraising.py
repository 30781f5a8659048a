"""How far each study can be relied on: what each person says, where they differ, and what holds.

Nobody sees what another said before everybody who is asked has finished: ``State.open``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from wherewithal.analyse.reviews.appraisal.appraising import OVERALL, Answer, Appraisal, Own, overall
from wherewithal.analyse.reviews.appraisal.instrument import Domain, Instrument, Judgement
from wherewithal.analyse.reviews.appraisal.reading import instruments
from wherewithal.analyse.reviews.appraisal.reconciling import (
    Compared,
    Stage,
    Where,
    compare,
    finished,
    stage_of,
)
from wherewithal.analyse.reviews.appraisal.traffic_light import TrafficLight, traffic_light
from wherewithal_web.analyse.reviews.models import AppraisalAnswer, AppraisalJudgement, StudyAppraisal
from wherewithal_web.analyse.reviews.queries.studying import study_for
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User
from wherewithal_web.people.roles import Permission


@dataclass(frozen=True)
class Said:
    """One person's appraisal as it stands; ``settles`` where it was made to settle the others."""

    person: User
    appraisal: Appraisal
    settles: bool

    @property
    def finished(self) -> bool:
        return finished(self.appraisal)


@dataclass(frozen=True)
class State:
    """Where the appraisal of a study stands, with everybody's. ``open`` once everybody who is asked has finished."""

    row: StudyAppraisal
    said: tuple[Said, ...]
    stage: Stage
    open: bool

    @property
    def holds(self) -> Appraisal | None:
        """The appraisal that holds, if one does."""
        return self.said[self.stage.holding].appraisal if self.stage.where is Where.HOLDS else None

    def of(self, person: User) -> Appraisal:
        """That person's own appraisal; empty where they have not begun."""
        own = next((each for each in self.said if each.person == person and not each.settles), None)
        if own is not None:
            return own.appraisal
        return Appraisal(self.row.read_instrument, self.row.study.name, person.name, outcome=self.row.outcome)

    @property
    def compared(self) -> Compared | None:
        """The first two people's appraisals side by side, once they may be seen."""
        alone = [each.appraisal for each in self.said if each.finished and not each.settles]
        return compare(alone[0], alone[1]) if self.open and len(alone) > 1 else None

    def seen_by(self, person: User) -> tuple[Said, ...]:
        """What that person may see: everybody's once it is open, before that their own alone."""
        return tuple(each for each in self.said if self.open or (each.person == person and not each.settles))


def appraisal_for(
    user: User, slug: str, study: int, number: int, permission: Permission = Permission.VIEW
) -> StudyAppraisal:
    """One appraisal of a study of a case that this person may see. Raises Http404 otherwise."""
    found = study_for(user, slug, study, permission)
    row = StudyAppraisal.objects.filter(study=found, number=number).select_related("study__case").first()
    if row is None:
        raise Http404("There is no such appraisal of this study.")
    return row


def state_of(row: StudyAppraisal) -> State:
    """Where one appraisal stands."""
    return _states([row])[0]


def states_of(case: Case) -> list[State]:
    """Where every appraisal of a review stands, by study and in the order in which they were begun."""
    rows = StudyAppraisal.objects.filter(study__case=case).select_related("study__case")
    return _states(rows.order_by("study__number", "number"))


def _states(rows: Iterable[StudyAppraisal]) -> list[State]:
    held = list(rows)
    answers = _by_appraisal(
        AppraisalAnswer.objects.filter(appraisal__in=held).select_related("given_by").order_by("pk")
    )
    judgements = _by_appraisal(
        AppraisalJudgement.objects.filter(appraisal__in=held).select_related("given_by").order_by("pk")
    )
    return [_state(row, answers.get(row.pk, []), judgements.get(row.pk, [])) for row in held]


def _by_appraisal(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.appraisal_id, []).append(row)
    return found


def _state(
    row: StudyAppraisal, answers: Sequence[AppraisalAnswer], judgements: Sequence[AppraisalJudgement]
) -> State:
    people: dict[int, User] = {}
    for each in sorted(
        [*answers, *(j for j in judgements if not j.settles)], key=lambda r: (r.given_at, r.pk)
    ):
        people.setdefault(each.given_by_id, each.given_by)
    said = [
        Said(
            person,
            _appraisal(
                row,
                person,
                [a for a in answers if a.given_by_id == pk],
                [j for j in judgements if j.given_by_id == pk and not j.settles],
            ),
            False,
        )
        for pk, person in people.items()
    ]
    settling = [each for each in judgements if each.settles]
    if settling:
        person = settling[-1].given_by
        said.append(Said(person, _appraisal(row, person, [], settling), True))
    stage = stage_of([each.appraisal for each in said], [each.settles for each in said], needed=row.people)
    done = sum(each.finished for each in said if not each.settles)
    return State(row, tuple(said), stage, done >= row.people or bool(settling))


def _appraisal(
    row: StudyAppraisal,
    person: User,
    answers: Sequence[AppraisalAnswer],
    judgements: Sequence[AppraisalJudgement],
) -> Appraisal:
    given = {each.question: each for each in answers}
    own = {each.domain: each for each in judgements}
    return Appraisal(
        row.read_instrument,
        row.study.name,
        person.name,
        {q: Answer(a.code, a.support, a.page, a.quotation) for q, a in given.items() if a.code},
        {d: Own(j.judgement, j.reason) for d, j in own.items() if j.judgement},
        row.outcome,
    )


def traffic_lights(states: Sequence[State]) -> list[tuple[Instrument, TrafficLight]]:
    """The table of what holds, for every instrument by which something was appraised to the end."""
    found = []
    for each in instruments():
        held = [s.holds for s in states if s.row.instrument == each.key and s.holds is not None]
        if held:
            found.append((each, traffic_light(each, held)))
    return found


HIGH_FROM = 2
"""From this place on a judgement of a study as a whole counts as a high risk of bias: "high" of RoB 2, "serious" and
"critical" of ROBINS-I, which both come third.
"""


def _judged(states: Sequence[State], outcome: str) -> Iterator[tuple[str, Judgement]]:
    """What each appraisal that holds says overall, of an outcome or of the study as a whole, by the study's number."""
    for state in states:
        held = state.holds
        if held is None or (held.outcome and held.outcome.casefold() != outcome.casefold()):
            continue
        whole = overall(held)
        if whole is not None and whole.judgement:
            yield str(state.row.study.number), held.instrument.overall_judgement(whole.judgement)


def high_risks(states: Sequence[State], outcome: str) -> dict[str, bool | None]:
    """Whether each study is at high risk of bias for an outcome, by its number in the review.

    What holds counts, of appraisals of that outcome or of the study as a whole; where several hold, one at high risk
    is enough. None where an appraisal holds and cannot tell; a study without one is not there.
    """
    found: dict[str, bool | None] = {}
    for study, judged in _judged(states, outcome):
        high = judged.place >= HIGH_FROM if judged.known else None
        if high or found.get(study) is None:
            found[study] = high
    return found


def risk_words(states: Sequence[State], outcome: str) -> dict[str, str]:
    """Each study's risk of bias for an outcome in the words of its appraisal, the worst of several, by its number."""
    found: dict[str, tuple[int, str]] = {}
    for study, judged in _judged(states, outcome):
        place = judged.place if judged.known else -1
        if study not in found or place > found[study][0]:
            found[study] = (place, judged.words)
    return {study: words for study, (_place, words) in found.items()}


@dataclass(frozen=True)
class Happening:
    """One thing that somebody said, when, in words."""

    at: datetime
    who: str
    words: str


def history_of(state: State, viewer: User) -> list[Happening]:
    """What was said, newest first: of everybody where it is open, else of the viewer alone."""
    row, instrument = state.row, state.row.read_instrument
    found = []
    for answer in row.answers.select_related("given_by"):
        if state.open or answer.given_by_id == viewer.pk:
            code = instrument.choice(answer.code).words if answer.code else "no answer"
            found.append(
                Happening(answer.given_at, answer.given_by.name, f"Question {answer.question}: {code}")
            )
    for each in row.judgements.select_related("given_by"):
        if state.open or each.given_by_id == viewer.pk:
            name = "Overall" if each.domain == OVERALL else _domain(instrument, each.domain)
            scale = instrument.overall_judgements if each.domain == OVERALL else instrument.judgements
            words = next((j.words for j in scale if j.key == each.judgement), "left to the rules")
            how = "settled as" if each.settles else "judged"
            why = f" ({each.reason})" if each.reason else ""
            found.append(Happening(each.given_at, each.given_by.name, f"{name}: {how} {words.lower()}{why}"))
    return sorted(found, key=lambda each: each.at, reverse=True)


def _domain(instrument: Instrument, key: str) -> str:
    return next((each.name for each in instrument.domains if each.key == key), key)


def next_domain(appraisal: Appraisal, after: Domain) -> Domain | None:
    """The domain after one, in the instrument's order; None after the last."""
    domains = appraisal.instrument.domains
    place = domains.index(after)
    return domains[place + 1] if place + 1 < len(domains) else None
