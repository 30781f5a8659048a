"""What services were asked for, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.analyse.needs.asking import BY_HAND, Question
from wherewithal_web.jobs.models import Run, State
from wherewithal_web.jobs.queries import newest_runs

ASK = "needs.ask"
SHOWN = 10


@dataclass(frozen=True)
class AskedFor:
    """One question to a service, and how far it is."""

    run: Run
    question: Question

    @property
    def failed(self) -> bool:
        return self.run.state == State.FAILED

    @property
    def words(self) -> list[str]:
        """What came of it so far, as sentences."""
        run = self.run
        if run.state == State.DONE:
            return list((run.result or {}).get("words") or ["It is done."])
        if run.state == State.FAILED:
            return [line.strip().removeprefix("- ") for line in run.error.splitlines() if line.strip()]
        if run.state == State.STOPPED:
            return ["It was stopped."]
        how_far = f" ({run.done:,} of {run.total:,})" if run.total else f" ({run.done:,})" if run.done else ""
        doing = f"{run.words[:1].upper()}{run.words[1:]}"
        return [f"{doing}{how_far}." if doing else "It waits for its turn."]

    @property
    def by_hand(self) -> str:
        """How to get the same figures where the service was not reached."""
        return BY_HAND[self.question.service] if self.failed else ""


def asked_for() -> list[AskedFor]:
    """The questions that were asked last, newest first."""
    return [AskedFor(run, Question.from_dict(run.arguments["question"])) for run in newest_runs(ASK, SHOWN)]
