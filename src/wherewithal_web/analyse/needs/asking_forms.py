"""What a service is asked for: a small form for each of the services that give figures."""

from __future__ import annotations

import re

from django import forms

from wherewithal.analyse.needs.asking import UPPER_TIER, Question
from wherewithal.sources.catalogue import EXPLORE_EDUCATION, FINGERTIPS, NOMIS


class FingertipsForm(forms.Form):
    service = FINGERTIPS.key
    wanted = forms.CharField(
        label="Indicators by number, or a profile by name",
        help_text="For example 90284, or Child and Maternal Health. The number stands in the address of an indicator’s "
        "page.",
        max_length=300,
        error_messages={"required": "Write the number of an indicator, or the name of a profile."},
    )
    area_type = forms.CharField(
        label="For which type of area?",
        help_text="In words. Fingertips is asked which types it has today, and the newest of that name is taken.",
        initial=UPPER_TIER,
        max_length=200,
        required=False,
    )

    def question(self) -> Question:
        given = self.cleaned_data
        return Question(self.service, given["wanted"], area_type=given["area_type"] or UPPER_TIER)


class EducationForm(forms.Form):
    service = EXPLORE_EDUCATION.key
    wanted = forms.CharField(
        label="Data set",
        help_text="The address of its page in the data catalogue, or its identifier",
        max_length=500,
        error_messages={"required": "Write which data set."},
    )
    indicators = forms.CharField(
        label="Indicators",
        help_text="One on each line, as the data set names them. Leave it empty for all.",
        widget=forms.Textarea({"rows": 3}),
        max_length=2_000,
        required=False,
    )
    since = forms.IntegerField(label="From the year", min_value=1900, max_value=2100, required=False)
    until = forms.IntegerField(label="To the year", min_value=1900, max_value=2100, required=False)

    def question(self) -> Question:
        given = self.cleaned_data
        named = tuple(line.strip() for line in re.split(r"[\r\n]+", given["indicators"]) if line.strip())
        return Question(
            self.service, given["wanted"], indicators=named, since=given["since"], until=given["until"]
        )


class NomisForm(forms.Form):
    service = NOMIS.key
    wanted = forms.CharField(
        label="Address of a query",
        help_text="On Nomis choose the data set, the areas with England, the dates and the rest; then ‘Download’ and "
        "‘API’, and copy the link that gives CSV.",
        max_length=4_000,
        error_messages={"required": "Paste the address of a query."},
    )

    def question(self) -> Question:
        return Question(self.service, self.cleaned_data["wanted"].strip())


FORMS = {form.service: form for form in (FingertipsForm, EducationForm, NomisForm)}
