"""What a worker does with a full text: read its words, so that they can be searched."""

from __future__ import annotations

from functools import partial

from wherewithal.analyse.reviews.full_texts import Words, read_words
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import shelf
from wherewithal_web.analyse.reviews.learning.asking import READ_TEXT
from wherewithal_web.analyse.reviews.models import AttachedText, TextWords
from wherewithal_web.jobs.handlers import Finish, Progress, handles


@handles(READ_TEXT)
def read_text(progress: Progress, *, text: int) -> Finish | None:
    """Read the words of an attached file. Safe to begin again; of one that was removed meanwhile nothing is kept."""
    row = AttachedText.objects.filter(pk=text, removal=None).select_related("record__file__case").first()
    if row is None:
        return None
    case = row.record.file.case
    progress(0, row.pages, "reading the full text")
    shelf.tidy(case)
    try:
        words = read_words(shelf.path_of(case, row.sha256))
    except (BadInput, FileNotFoundError):
        words = Words((), "Its words could not be read.")
    progress(row.pages, row.pages, "keeping its words")
    return partial(_keep, row, words)


def _keep(row: AttachedText, words: Words) -> dict[str, int]:
    case = row.record.file.case
    same = AttachedText.objects.filter(record__file__case=case, sha256=row.sha256, removal=None)
    if not same.exists():
        return {"pages": 0}
    TextWords.objects.update_or_create(
        case=case, sha256=row.sha256, defaults={"pages": list(words.pages), "missing": words.missing}
    )
    return {"pages": len(words.pages)}
