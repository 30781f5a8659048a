"""Adding a study: by its DOI, from a file, or by hand; and saying what it found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing

from wherewithal.sources.words import doi_in, family_first, one_line
from wherewithal.sources.work import Work
from wherewithal_web.analyse.library.forms.naming import ProgrammesField
from wherewithal_web.clock import today
from wherewithal_web.components.uploads import TextUpload

SIGNED_FOR = "library.study"
"""What the works that travel through a page are signed for, so that what comes back is what was read."""


class SaysForm(forms.Form):
    """What a study found, in one sentence, and which programmes it is about."""

    says = forms.CharField(
        required=False,
        max_length=1000,
        label="What it says, in one sentence of your own",
        help_text="What it found for whom, and how sure it is. For example: In 45 English schools it found no "
        "effect on attainment at ages 7 to 9.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    programmes = ProgrammesField(label="Which programmes is it about?")


class DoiForm(SaysForm):
    doi = forms.CharField(
        max_length=300,
        label="Its DOI",
        help_text="It begins with 10. and stands on the article’s first page. A link to doi.org will do too.",
        error_messages={"required": "Give the DOI, or add the study by hand."},
    )
    field_order = ("doi", "says", "programmes")

    def clean_doi(self) -> str:
        return _doi(self.cleaned_data["doi"])


def _doi(given: str) -> str:
    found = doi_in(given)
    if not found or len(found) > 200:
        raise forms.ValidationError("That is not a DOI. It looks like 10.1186/s12889-022-13691-y.")
    return found.lower()


class ByHandForm(SaysForm):
    title = forms.CharField(max_length=500, label="Title", error_messages={"required": "Write its title."})
    authors = forms.CharField(
        required=False,
        max_length=2000,
        label="Authors",
        help_text="One on a line, for example: Gardner, Frances",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    year = forms.IntegerField(
        required=False,
        min_value=1800,
        label="Year",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": "Write the year in four digits."},
    )
    venue = forms.CharField(
        required=False,
        max_length=300,
        label="Where it was published",
        help_text="The journal, or who published the report",
    )
    doi = forms.CharField(required=False, max_length=300, label="Its DOI, if it has one")
    link = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label="Where it can be read",
        error_messages={"invalid": "Give a whole web address, such as https://www.example.org/report."},
    )
    field_order = ("title", "authors", "year", "venue", "doi", "link", "says", "programmes")

    def clean_doi(self) -> str:
        given = self.cleaned_data["doi"]
        return _doi(given) if given else ""

    def clean_year(self) -> int | None:
        year = self.cleaned_data["year"]
        if year is not None and year > today().year + 1:
            raise forms.ValidationError(f"Give a year up to {today().year + 1}.")
        return year

    @property
    def work(self) -> Work:
        """What was written, as a work. Call it on a valid form."""
        said = self.cleaned_data
        return Work(
            title=one_line(said["title"]),
            authors=tuple(filter(None, map(family_first, said["authors"].splitlines()))),
            year=said["year"],
            venue=one_line(said["venue"]),
            type="article-journal" if said["doi"] else "report",
            doi=said["doi"],
            link=said["link"],
        )


class ByFileForm(forms.Form):
    file = TextUpload(
        label="The file",
        help_text="What OpenAlex, Europe PMC or Crossref answered, saved as it is (JSON). For a whole search, use the "
        "evidence review of a case instead.",
    )


class ChosenForm(SaysForm):
    """One of the works that a file held, as it was read from it."""

    work = forms.ChoiceField(
        label="Which one?", widget=forms.RadioSelect, error_messages={"required": "Choose one of them."}
    )
    field_order = ("work", "says", "programmes")

    def __init__(self, *args: Any, works: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work"].choices = works or []

    @staticmethod
    def sealed(work: Work) -> str:
        """A work as a value of the form, signed and packed."""
        return signing.dumps(work.as_dict(), salt=SIGNED_FOR, compress=True)

    @staticmethod
    def opened(value: str) -> Work | None:
        """The work of a value, or None where it is not one that this workbench made."""
        try:
            return Work.from_dict(signing.loads(value, salt=SIGNED_FOR, max_age=24 * 60 * 60))
        except signing.BadSignature:
            return None
