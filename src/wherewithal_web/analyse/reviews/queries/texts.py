"""Full texts that were attached, what was read in them, and which are still wanted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from wherewithal.analyse.reviews.extraction.mentions import Mention, mentions_on
from wherewithal.analyse.reviews.full_texts import Passage, passages_with, search
from wherewithal_web.analyse.reviews.models import AttachedText, Record, Standing, Study, TextWords
from wherewithal_web.analyse.reviews.queries.duplicates import of_work
from wherewithal_web.analyse.reviews.queries.protocol import protocol_of
from wherewithal_web.analyse.reviews.queries.searches import ABSTRACT
from wherewithal_web.analyse.reviews.queries.studying import reports_of
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.queries import case_for
from wherewithal_web.people.models import User

SHOWN = 8
"""Passages with words of the question that are shown unasked."""


def texts_of(record: Record) -> list[AttachedText]:
    """Every file that was ever attached to a work, the newest first, each with its removal if it was removed."""
    rows = AttachedText.objects.filter(of_work(record)).select_related(
        "record__file__case", "attached_by", "removal__removed_by"
    )
    return list(rows.order_by("-pk"))


def text_for(user: User, slug: str, pk: int) -> AttachedText:
    """A full text that this person may open. Raises Http404 otherwise, also where it was removed."""
    case = case_for(user, slug)
    rows = AttachedText.objects.filter(record__file__case=case, removal=None)
    found = rows.select_related("record__file__case").filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such full text in this case.")
    return found


def texts_wanted(case: Case) -> QuerySet[Record]:
    """Records that were kept on title and abstract and have no full text as a file yet, in their order."""
    kept = Standing.objects.filter(case=case, stage=ABSTRACT, outcome="include").values("record")
    of_it = Q(record=OuterRef("pk")) | Q(record__copy__of=OuterRef("pk"))
    there = AttachedText.objects.filter(of_it, removal=None)
    rows = Record.objects.filter(file__case=case, pk__in=kept).filter(~Exists(there))
    return rows.select_related("file__case").order_by("pk")


@dataclass(frozen=True)
class TextNumber:
    """A number that a machine found in a full text. Nothing is stored: it is gone with the file.

    ``key`` names it in an address; ``numbers`` are as a ``NumberSuggestion`` has them.
    """

    text: AttachedText
    page: int
    mention: Mention

    @property
    def key(self) -> str:
        return f"{self.text.pk}-{self.page}-{self.mention.start}"

    @property
    def quotation(self) -> str:
        return self.mention.quotation

    @property
    def numbers(self) -> dict:
        return {
            "form": self.mention.form,
            "ratio": self.mention.ratio,
            "numbers": dict(self.mention.numbers),
        }


@dataclass(frozen=True)
class TextNumbers:
    """What was found in one full text of a study; ``unread`` while its words are being read."""

    text: AttachedText
    found: tuple[TextNumber, ...]
    unread: bool


def numbers_in_texts(study: Study) -> list[TextNumbers]:
    """The numbers in the newest full text of each record of a study that nobody has taken over yet.

    Whoever may see the study may open its full texts (``text_for``); others must not be given this.
    """
    found = []
    for record in reports_of(study):
        text = AttachedText.objects.filter(of_work(record), removal=None).order_by("-pk").first()
        if text is None:
            continue
        words = TextWords.objects.filter(case=study.case, sha256=text.sha256).first()
        taken = set(text.taken_over.values_list("found_page", "found_start"))
        numbers = tuple(
            TextNumber(text, each.page, each.mention)
            for each in mentions_on(words.pages if words else ())
            if (each.page, each.mention.start) not in taken
        )
        found.append(TextNumbers(text, numbers, words is None))
    return found


def is_text_of(study: Study, text: AttachedText) -> bool:
    """Whether a file is attached to what reports a study now, and was not removed."""
    there = AttachedText.objects.filter(pk=text.pk, removal=None)
    return any(there.filter(of_work(record)).exists() for record in reports_of(study))


def has_texts(study: Study) -> bool:
    """Whether a full text of a study is there as a file."""
    return any(
        AttachedText.objects.filter(of_work(record), removal=None).exists() for record in study.records
    )


def number_in_text(study: Study, key: str) -> TextNumber | None:
    """One of them by its key; None where there is none, also because its file was removed or it was taken over."""
    return next(
        (each for text in numbers_in_texts(study) for each in text.found if each.key == key),
        None,
    )


@dataclass(frozen=True)
class Reading:
    """What a machine read in the newest full text of a record.

    ``passages`` hold what was searched for, or else the first words of the question; ``words`` is None while it is
    being read.
    """

    text: AttachedText
    words: TextWords | None
    query: str
    passages: tuple[Passage, ...]

    @property
    def empty(self) -> bool:
        """Whether no page has a word: pictures of pages, most likely."""
        return self.words is not None and not any(text.strip() for text in self.words.pages)


def reading_of(record: Record, query: str = "") -> Reading | None:
    """The words of a record's newest full text where ``query``, or else the question, stands; None without a file."""
    text = AttachedText.objects.filter(of_work(record), removal=None).order_by("-pk").first()
    if text is None:
        return None
    case = record.file.case
    words = TextWords.objects.filter(case=case, sha256=text.sha256).first()
    query = " ".join(query.split())[:200]
    if words is None:
        return Reading(text, None, query, ())
    if query:
        return Reading(text, words, query, tuple(search(words.pages, query)))
    asked = protocol_of(case).words
    return Reading(text, words, "", tuple(passages_with(words.pages, asked=asked, most=SHOWN)))
