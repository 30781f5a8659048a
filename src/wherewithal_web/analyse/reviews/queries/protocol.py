"""The protocol that holds, and every version of it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from wherewithal.analyse.reviews.protocol import Protocol, changes
from wherewithal_web.analyse.reviews.models import ProtocolVersion, ScreeningDecision
from wherewithal_web.cases.models import Case


def newest_version(case: Case) -> ProtocolVersion | None:
    return case.protocol_versions.order_by("-number").select_related("written_by").first()


def protocol_of(case: Case) -> Protocol:
    """The protocol that holds; where none was written, an empty one with the case's own seed."""
    newest = case.protocol_versions.order_by("-number").only("body").first()
    return newest.protocol if newest else first_protocol(case)


def first_protocol(case: Case) -> Protocol:
    """Where a protocol starts from. The seed differs from case to case, and is the same whoever asks."""
    return Protocol(seed=zlib.crc32(case.slug.encode()) % 1_000_000)


def question_of(case: Case, protocol: Protocol) -> str:
    """The words that ranking starts from: the protocol's, else the question of the case."""
    return protocol.question or case.question


@dataclass(frozen=True)
class Version:
    """One version with what it changed."""

    row: ProtocolVersion
    changes: tuple[str, ...]


def versions_of(case: Case) -> list[Version]:
    """Every version, the newest first."""
    rows = list(case.protocol_versions.select_related("written_by"))
    before = [first_protocol(case), *(row.protocol for row in rows)]
    return [
        Version(row, tuple(changes(older, row.protocol))) for row, older in zip(rows, before, strict=False)
    ][::-1]


def screening_began(case: Case) -> bool:
    return ScreeningDecision.objects.filter(record__file__case=case).exists()
