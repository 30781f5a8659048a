"""A claim: one sentence of a case, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Support(StrEnum):
    """What stands behind a sentence. A sentence without support is allowed, and shown as such everywhere."""

    FINDINGS = "rests on findings"
    JUDGEMENT = "a named person's judgement"
    NOTHING_YET = "nothing yet"


@dataclass(frozen=True)
class Claim:
    """One sentence of a case as it reads now.

    ``key`` is stable while the sentence is reworded; ``rests_on`` holds the fingerprints of the findings it
    cites, in the order they were cited; ``judgement_by`` names the person where it is plainly judgement.
    """

    key: str
    text: str
    section: str
    rests_on: tuple[str, ...] = ()
    judgement_by: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a claim needs a sentence")

    @property
    def support(self) -> Support:
        if self.rests_on:
            return Support.FINDINGS
        return Support.JUDGEMENT if self.judgement_by else Support.NOTHING_YET
