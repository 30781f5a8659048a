"""A search that is asked again: where, what and how often."""

from __future__ import annotations

from django import forms

from wherewithal.analyse.reviews.living import EVERY, SOURCES


class LivingForm(forms.Form):
    source = forms.ChoiceField(
        label="Which service is asked?",
        choices=[(source.key, source.name) for source in SOURCES.values()],
        widget=forms.RadioSelect,
        help_text="Other databases do not let a program ask: bring their files in by hand.",
        error_messages={"required": "Choose the service that is asked."},
    )
    query = forms.CharField(
        label="What is searched for?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="As you would type it on the service’s own website. Try it there first, to see how many it finds.",
        error_messages={"required": "Say what is searched for."},
    )
    every = forms.TypedChoiceField(
        label="How often?",
        coerce=int,
        choices=[(months, words[0].upper() + words[1:]) for months, words in EVERY.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often it is asked."},
    )
