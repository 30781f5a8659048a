"""From a case's sentences and findings to a paper, in the order of a template."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from wherewithal.plan.papers.model import Change, Note, Paper, Part, Section, Sentence, Table
from wherewithal.plan.papers.template import Template
from wherewithal.thread import Claim, Drift, Finding, Support
from wherewithal.thread.sections import section as section_named

MADE_UP = "The local figures in this paper are made up, to show how Wherewithal works. Do not rely on them."


def compose(
    template: Template,
    *,
    title: str,
    question: str,
    claims: Iterable[Claim],
    findings: Mapping[str, Finding],
    written_on: date,
    meta: Sequence[tuple[str, str]] = (),
    drift: Iterable[Drift] = (),
    tables: Iterable[Table] = (),
    in_place: Collection[str] = (),
    missing: Iterable[str] = (),
    made_up: str = "",
) -> Paper:
    """Put every claim into its section, in the order given, and number what they rest on.

    ``findings`` holds every finding that a claim cites, by fingerprint; ``drift`` what nobody has answered
    yet; ``in_place`` the keys of what the case has; ``missing`` lines for what the case still lacks. The
    notice that figures are made up is added where a cited finding says so. Raises KeyError for a claim in an
    unknown section or citing a finding that is not given.
    """
    claims = tuple(claims)
    for claim in claims:
        section_named(claim.section)
    tables = tuple(tables)
    changes: dict[str, list[Change]] = {}
    for item in drift:
        changes.setdefault(item.claim, []).append(Change(item.change.on, item.change.words))
    notes = _Numbering(findings)
    parts = tuple(
        Part(
            part.case,
            part.title,
            part.asks,
            tuple(
                Section(
                    key,
                    section_named(key).title,
                    section_named(key).prompt,
                    tuple(
                        Sentence(
                            claim.key,
                            claim.text,
                            claim.support,
                            tuple(notes.note(fingerprint) for fingerprint in claim.rests_on),
                            claim.judgement_by,
                            tuple(changes.get(claim.key, ())),
                        )
                        for claim in claims
                        if claim.section == key
                    ),
                    tuple(table for table in tables if table.section == key),
                )
                for key in part.sections
            ),
        )
        for part in template.parts
    )
    cited = notes.all
    if not made_up and any(note.finding.made_up for note in cited):
        made_up = MADE_UP
    return Paper(
        kind=template.title,
        title=title,
        question=question,
        meta=tuple(meta),
        parts=parts,
        unknown=tuple(_unknown(parts, cited, missing)),
        notes=cited,
        written_on=written_on,
        made_up=made_up,
        in_place=frozenset(in_place),
    )


class _Numbering:
    """Numbers findings in the order they are first cited, one number for one finding."""

    def __init__(self, findings: Mapping[str, Finding]) -> None:
        self._findings = findings
        self._notes: dict[str, Note] = {}

    def note(self, fingerprint: str) -> Note:
        if fingerprint not in self._notes:
            self._notes[fingerprint] = Note(len(self._notes) + 1, self._findings[fingerprint])
        return self._notes[fingerprint]

    @property
    def all(self) -> tuple[Note, ...]:
        return tuple(self._notes.values())


def _unknown(parts: Iterable[Part], notes: Iterable[Note], missing: Iterable[str]) -> Iterable[str]:
    """What a reader should know that the paper does not know, plainest first, each once."""
    sections = [section for part in parts for section in part.sections]
    found = [
        f"Nothing stands behind this sentence yet: “{sentence.text}”"
        for section in sections
        for sentence in section.sentences
        if sentence.support is Support.NOTHING_YET
    ]
    found += [f"Nothing is written yet under “{section.title}”." for section in sections if section.is_empty]
    found += missing
    cautions: dict[str, list[int]] = {}
    for note in notes:
        for caution in note.finding.cautions:
            cautions.setdefault(caution, []).append(note.number)
    found += [f"{caution} {''.join(f'[{n}]' for n in numbers)}" for caution, numbers in cautions.items()]
    return dict.fromkeys(found)
