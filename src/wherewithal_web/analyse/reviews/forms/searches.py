"""Bringing in a search: the file, and where it comes from."""

from __future__ import annotations

from django import forms

from wherewithal_web.cases.forms import Day

ACCEPTED = ".ris,.nbib,.bib,.bibtex,.json,.jsonl,.csv,.tsv,.txt,.xlsx"


class SearchForm(forms.Form):
    file = forms.FileField(
        label="The file of records",
        allow_empty_file=True,
        help_text="RIS, PubMed (NBIB), BibTeX, CSL JSON, CSV, Excel, or JSON of OpenAlex or Europe PMC. "
        "At most 100 MB.",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    database = forms.CharField(
        max_length=200,
        required=False,
        label="Which database was searched?",
        help_text="For example: PubMed, APA PsycInfo, Cochrane Library. You can leave this empty.",
    )
    search = forms.CharField(
        required=False,
        label="What was searched for?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The words as they were typed into the database, so that somebody else could repeat it.",
    )
    searched_on = Day(
        required=False,
        label="When was it searched?",
        help_text="With this, the case can tell you when the search is due again.",
    )
