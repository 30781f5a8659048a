"""Whose arms are the same intervention, and how a network is put together, as forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wherewithal.analyse.reviews.networks import NetworkSettings
from wherewithal.analyse.reviews.networks.settings import LONGEST, METHOD_WORDS
from wherewithal.analyse.reviews.outcomes import When
from wherewithal.plain_english import counted, listed
from wherewithal_web.analyse.reviews.queries.networks import ArmName

MANY = 4
"""Studies that are named under a name; the others are counted."""


def _why() -> forms.CharField:
    return forms.CharField(
        max_length=500,
        label="Why is it changed?",
        help_text="The answer is on the thread already, so a change is kept with its reason.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MatchingForm(forms.Form):
    """One field a name of arms, and one a study where several call an arm so. ``seen``: it is on the thread already."""

    def __init__(
        self, *args: Any, names: Sequence[ArmName], settings: NetworkSettings, seen: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = tuple(names)
        for place, name in enumerate(self.names):
            said = [settings.node_of(study, arm) for study, _label, arm in name.arms]
            known = [node for node in said if node is not None]
            usual = max(known, key=known.count) if known else name.name
            self.fields[f"name_{place}"] = forms.CharField(
                required=False,
                max_length=LONGEST,
                label=name.name,
                help_text=_studies(name),
                initial=usual,
            )
            for (study, label, arm), node in zip(name.arms, said, strict=True):
                if len(name.arms) > 1:
                    self.fields[f"arm_{study}_{arm.number}"] = forms.CharField(
                        required=False,
                        max_length=LONGEST,
                        label=label,
                        initial="" if node is None or node == usual else node or "-",
                    )
        if seen:
            self.fields["why"] = _why()

    @property
    def groups(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Each name with the fields of its studies, where it is several studies'."""
        return [
            (
                self[f"name_{place}"],
                [
                    self[f"arm_{study}_{arm.number}"]
                    for study, _label, arm in name.arms
                    if f"arm_{study}_{arm.number}" in self.fields
                ],
            )
            for place, name in enumerate(self.names)
        ]

    def nodes(self) -> dict[tuple[str, int], str]:
        """What each arm is, by study and number."""
        found = {}
        for place, name in enumerate(self.names):
            usual = self.cleaned_data[f"name_{place}"].strip()
            for study, _label, arm in name.arms:
                own = self.cleaned_data.get(f"arm_{study}_{arm.number}", "").strip()
                found[study, arm.number] = "" if own == "-" else own or usual
        return found


def _studies(name: ArmName) -> str:
    studies = name.studies
    if len(studies) > MANY:
        return f"{counted(len(studies), 'study', 'studies')}: {', '.join(studies[: MANY - 1])} and others"
    return listed(studies)


class NetworkForm(forms.Form):
    """How a network is put together. ``seen``: the answer is on the thread already, so it asks why."""

    reference = forms.ChoiceField(
        required=False,
        label="Which intervention are the others set against?",
        help_text="Usually what people get where nothing new is commissioned. The usual one is what studies compare "
        "with most often.",
    )
    when = forms.ChoiceField(
        label="Where a study measured several times, which counts?",
        choices=[
            (each.value, f"{each.words[:1].upper()}{each.words[1:]}") for each in (When.FIRST, When.LAST)
        ],
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(
        label="How is the difference between studies estimated?",
        choices=[(key, f"{words[:1].upper()}{words[1:]}") for key, words in METHOD_WORDS.items()],
    )

    def __init__(
        self, *args: Any, settings: NetworkSettings, usual: str, studies: dict[str, str], seen: bool, **kwargs: Any
    ) -> None:  # fmt: skip
        left = dict(settings.leave_out)
        initial = {
            "reference": settings.reference,
            "when": settings.when.value,
            "method": settings.method,
            **{f"leave_{study}": left.get(study, "") for study in studies},
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.studies, self.settled = studies, settings
        first = f"The usual one: {usual}" if usual else "The usual one"
        self.fields["reference"].choices = [("", first), *((node, node) for node in settings.nodes)]
        for study, name in studies.items():
            self.fields[f"leave_{study}"] = forms.CharField(
                required=False,
                max_length=300,
                label=name,
                help_text="Leave empty to count it. Otherwise: why not?",
            )
        if seen:
            self.fields["why"] = _why()

    @property
    def leaving(self) -> list[forms.BoundField]:
        return [self[f"leave_{study}"] for study in self.studies]

    def settings(self) -> NetworkSettings:
        """What was filled in. Raises BadInput for what cannot be."""
        answers = self.cleaned_data
        return NetworkSettings(
            self.settled.matches,
            answers["reference"],
            When(answers["when"]),
            answers["method"],
            tuple(
                (study, reason)
                for study in self.studies
                if (reason := " ".join(answers[f"leave_{study}"].split()))
            ),
        )
