"""What a careful reader would ask of a paper before a decision: said, and never a reason to stop anyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wherewithal.plain_english import counted, listed
from wherewithal.plan.papers.model import Paper
from wherewithal.thread import Lane, Support

NOT_ALL_GOOD = ("mixed", "no effect or harm")
"""Bands of research findings that show a paper has not only picked what worked."""


@dataclass(frozen=True)
class Check:
    """One thing to look at: ``words`` say what is the matter, ``do`` what to do about it.

    ``sentences`` and ``sections`` hold the keys it is about, so that a page can point there.
    """

    key: str
    words: str
    do: str
    sentences: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def checks_of(paper: Paper) -> list[Check]:
    """Everything to look at, most pressing first; an empty list where there is nothing."""
    return list(_checks(paper))


def _checks(paper: Paper) -> Iterator[Check]:
    changed = tuple(sentence.key for sentence in paper.sentences if sentence.changes)
    if changed:
        yield Check(
            "drift",
            f"{_sentences(len(changed))} {_rest(len(changed))} on something that has changed since.",
            "Read what changed. Reword the sentence, or keep it and say why.",
            sentences=changed,
        )
    bare = tuple(sentence.key for sentence in paper.sentences if sentence.support is Support.NOTHING_YET)
    if bare:
        yield Check(
            "unsupported",
            f"{_sentences(len(bare))} {'has' if len(bare) == 1 else 'have'} nothing to rest on yet.",
            "Link what each rests on, or mark it as somebody's judgement.",
            sentences=bare,
        )
    empty = [section for section in paper.sections if section.is_empty]
    if empty:
        yield Check(
            "empty",
            f"Nothing is written under {listed([f'“{section.title}”' for section in empty])}.",
            "Write a sentence in each, even if it is that nothing is known yet.",
            sections=tuple(section.key for section in empty),
        )
    lanes = {note.lane for note in paper.notes}
    if Lane.VOICE not in lanes:
        yield Check(
            "voice",
            "No sentence rests on what children or families say.",
            "Add what families told you, or say in the paper that nobody has asked them.",
            sections=("families",),
        )
    research = [note for note in paper.notes if note.lane is Lane.RESEARCH]
    if research and not any(note.finding.band.casefold() in NOT_ALL_GOOD for note in research):
        yield Check(
            "null",
            "No research result shown is rated as mixed, or as of no effect.",
            "Look whether one was left out, and say where a result leaves it open.",
            sections=("what-works",),
        )
    if "business as usual" not in paper.in_place:
        yield Check(
            "business as usual",
            "The options do not include carrying on as now.",
            "Add it as an option, so that the others have something to be compared with.",
            sections=("options",),
        )
    if "review date" not in paper.in_place:
        yield Check(
            "review date",
            "No date is set to review what is decided.",
            "Set it when you propose the decision.",
            sections=("review",),
        )


def _sentences(count: int) -> str:
    return counted(count, "sentence")


def _rest(count: int) -> str:
    return "rests" if count == 1 else "rest"
