"""Our area, and how alike a study is, as forms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django import forms

from wherewithal.analyse.reviews.extraction.form import NOT_REPORTED, Form, default_form
from wherewithal.analyse.reviews.transferability.described import OurArea, own_questions
from wherewithal.analyse.reviews.transferability.resemblance import (
    Characteristic,
    Ours,
    Resemblance,
    characteristics,
)

SHORT = {"class": "govuk-input--width-5", "inputmode": "decimal"}
_HELP = {
    "named in": "One a line. A study is alike where it names one of them.",
    "words": "One a line. A study is alike where its words hold one of these; where they do not, a person has to look.",
    "one of": "A study is alike where it has one of these.",
    "ages": "In years. A study is alike where its ages overlap with these by half of the shorter range.",
    "numbers": "A study is alike where its number lies between these. Leave one empty for no limit.",
    "years": "A study is alike where its last report is of that year or later.",
}


class AreaForm(forms.Form):
    """What counts as alike for our area, thing by thing. What is left empty is not compared.

    ``ours`` is what holds, ``guess`` what the case and the protocol say where nothing does.
    """

    name = forms.CharField(max_length=100, label="What is our area called?")
    why = forms.CharField(
        required=False,
        max_length=500,
        label="Why is it changed?",
        help_text="The answer is on the thread already, so a change is kept with its reason.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        form: Form,
        ours: OurArea | None,
        guess: Mapping[str, tuple[Ours, str]],
        area_name: str,
        seen: bool,
        **kwargs: Any,
    ) -> None:
        self.own = own_questions(form)
        self.compared = (*characteristics(), *self.own)
        self.asked = {question.key for question in form.questions} | {"year"}
        known = (
            {key: (ours.alike[key], ours.sources.get(key, "")) for key in ours.alike} if ours else dict(guess)
        )
        deciding = set(ours.deciding) if ours else {each.key for each in self.compared if each.decides}
        initial: dict[str, Any] = {"name": ours.name if ours else area_name or "our area"}
        for each in self.compared:
            if each.key in known:
                initial |= _initial(each, known[each.key][0])
                initial[f"source_{each.key}"] = known[each.key][1]
            initial[f"decides_{each.key}"] = each.key in deciding
        super().__init__(*args, initial=initial, **kwargs)
        for each in self.compared:
            self.fields |= _fields(each, _choices(form, each.key))
            self.fields[f"source_{each.key}"] = forms.CharField(
                required=False,
                max_length=300,
                label="Where is that from?",
                help_text="For example: the protocol; the needs profile; agreed with schools.",
            )
            self.fields[f"decides_{each.key}"] = forms.BooleanField(
                required=False, label="It must be alike for a result to carry over"
            )
        if not seen:
            del self.fields["why"]

    def of(self, each: Characteristic) -> list[forms.BoundField]:
        """The fields about one thing: what counts as alike, the source, whether it decides."""
        return [
            self[name]
            for name in (
                f"alike_{each.key}",
                f"low_{each.key}",
                f"high_{each.key}",
                f"source_{each.key}",
                f"decides_{each.key}",
            )
            if name in self.fields
        ]

    def said(self, each: Characteristic) -> bool:
        """Whether something is filled in about one thing."""
        return any(
            self[name].value() not in (None, "", [])
            for name in (f"alike_{each.key}", f"low_{each.key}", f"high_{each.key}")
            if name in self.fields
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        self.alike = {
            each.key: value for each in self.compared if (value := _value(each, answers)) is not None
        }
        for each in self.compared:
            if each.key in self.alike and not answers.get(f"source_{each.key}", "").strip():
                self.add_error(f"source_{each.key}", f"{each.name}: say where that is from.")
            low, high = answers.get(f"low_{each.key}"), answers.get(f"high_{each.key}")
            if low is not None and high is not None and low > high:
                self.add_error(f"low_{each.key}", f"{each.name}: from is above to. Swap the two.")
            elif each.how == "ages" and (low is None) != (high is None):
                self.add_error(
                    f"low_{each.key}" if low is None else f"high_{each.key}", f"{each.name}: give both ages."
                )
        if not self.errors and not any(answers.get(f"decides_{key}") for key in self.alike):
            raise forms.ValidationError(
                "Tick at least one thing that must be alike, of those you have filled in."
            )
        return answers

    def ours(self) -> OurArea:
        """What was filled in. Raises BadInput for what cannot be."""
        answers = self.cleaned_data
        return OurArea(
            " ".join(answers["name"].split()),
            self.alike,
            {key: answers[f"source_{key}"].strip() for key in self.alike},
            tuple(key for key in self.alike if answers[f"decides_{key}"]),
            self.own,
        )


def _choices(form: Form, key: str) -> tuple[str, ...]:
    """The answers that can be chosen, of the team's form or else of the usual one."""
    question = form.question(key) or default_form().question(key)
    return tuple(each for each in question.answers if each != NOT_REPORTED) if question else ()


def _fields(each: Characteristic, choices: tuple[str, ...]) -> dict[str, forms.Field]:
    label, key = "What counts as alike?", each.key
    if each.how == "one of" and choices:
        return {
            f"alike_{key}": forms.MultipleChoiceField(
                required=False,
                label=label,
                help_text=_HELP["one of"],
                choices=[(choice, choice[:1].upper() + choice[1:]) for choice in choices],
                widget=forms.CheckboxSelectMultiple,
            )
        }
    if each.how in ("ages", "numbers"):
        return {
            f"low_{key}": forms.FloatField(
                required=False, label="From", help_text=_HELP[each.how], widget=forms.TextInput(attrs=SHORT)
            ),
            f"high_{key}": forms.FloatField(required=False, label="To", widget=forms.TextInput(attrs=SHORT)),
        }
    if each.how == "years":
        return {
            f"alike_{key}": forms.IntegerField(
                required=False,
                min_value=1900,
                max_value=2100,
                label="From which year on?",
                help_text=_HELP["years"],
                widget=forms.TextInput(attrs=SHORT),
            )
        }
    return {
        f"alike_{key}": forms.CharField(
            required=False,
            max_length=2000,
            label=label,
            help_text=_HELP.get(each.how, _HELP["named in"]),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    }


def _initial(each: Characteristic, ours: Ours) -> dict[str, Any]:
    if each.how in ("ages", "numbers") and isinstance(ours, tuple):
        ends = [None if isinstance(end, str) or math.isinf(end) else f"{end:g}" for end in ours]
        return {f"low_{each.key}": ends[0], f"high_{each.key}": ends[1]}
    if each.how == "one of" and not isinstance(ours, int):
        return {f"alike_{each.key}": list(ours)}
    return {f"alike_{each.key}": ours if isinstance(ours, int) else "\n".join(str(one) for one in ours)}


def _value(each: Characteristic, answers: Mapping[str, Any]) -> Ours | None:
    if each.how in ("ages", "numbers"):
        low, high = answers.get(f"low_{each.key}"), answers.get(f"high_{each.key}")
        if low is None and high is None:
            return None
        return (-math.inf if low is None else low, math.inf if high is None else high)
    said = answers.get(f"alike_{each.key}")
    if said in (None, "", []):
        return None
    if isinstance(said, str):
        return [line.strip() for line in said.splitlines() if line.strip()] or None
    return said


class LikenessForm(forms.Form):
    """Whether a study is alike, thing by thing: the rule's answer, or a person's with the reason."""

    def __init__(self, *args: Any, likeness: Resemblance, **kwargs: Any) -> None:
        answers = {True: "alike", False: "unlike", None: "cannot tell"}
        self.facts = likeness.facts
        initial: dict[str, Any] = {}
        for fact in likeness.facts:
            key = fact.characteristic.key
            initial[f"answer_{key}"] = answers[fact.ruling.alike] if fact.ruling else ""
            initial[f"reason_{key}"] = fact.ruling.reason if fact.ruling else ""
        super().__init__(*args, initial=initial, **kwargs)
        for fact in likeness.facts:
            key = fact.characteristic.key
            rule = "somebody has to look" if fact.rule is None and fact.known else answers[fact.rule]
            if fact.rule is None and not fact.known:
                rule = "nobody can tell"
            self.fields[f"answer_{key}"] = forms.ChoiceField(
                required=False,
                label="Is that like our area?",
                choices=[
                    ("", f"What the rule says: {rule}"),
                    ("alike", "Alike"),
                    ("unlike", "Unlike"),
                    ("cannot tell", "Nobody can tell"),
                ],
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{key}"] = forms.CharField(
                required=False, max_length=500, label="Why, if not by the rule?"
            )

    def of(self, key: str) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"answer_{key}"], self[f"reason_{key}"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for fact in self.facts:
            key = fact.characteristic.key
            if answers.get(f"answer_{key}") and not answers.get(f"reason_{key}", "").strip():
                self.add_error(f"reason_{key}", f"{fact.characteristic.name}: say why.")
        return answers

    def answers(self) -> dict[str, tuple[str, str]]:
        return {
            fact.characteristic.key: (
                self.cleaned_data[f"answer_{fact.characteristic.key}"],
                self.cleaned_data[f"reason_{fact.characteristic.key}"],
            )
            for fact in self.facts
        }
