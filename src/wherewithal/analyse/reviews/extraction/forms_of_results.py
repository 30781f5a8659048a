"""The forms in which papers give results, as data: what each asks for, and what stands beside it on a page.

Numbers have short keys; 1 is the first arm, usually the programme, and 2 the arm it is compared with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wherewithal.errors import NothingThere

BOTH = "both"
WORDS: Mapping[str, str] = {
    "n": "People",
    "m": "Mean",
    "sd": "Standard deviation",
    "se": "Standard error",
    "low": "Interval, lower end",
    "high": "Interval, upper end",
    "median": "Median",
    "q1": "Lower quartile",
    "q3": "Upper quartile",
    "least": "Smallest",
    "most": "Largest",
    "before": "Mean before",
    "sdbefore": "Standard deviation before",
    "after": "Mean after",
    "sdafter": "Standard deviation after",
    "change": "Mean change",
    "sdchange": "Standard deviation of the change",
    "events": "With the event",
    "percent": "Per cent with the event",
    "time": "Person-time",
    "r": "Correlation",
    "t": "t",
    "f": "F",
    "chi2": "Chi-squared",
    "p": "p",
    "value": "Estimate",
    "cluster_size": "People in a cluster, on average",
    "icc": "Intra-cluster correlation",
}
"""What each number is called; an arm's number is added: "m1" is the mean of arm 1."""


@dataclass(frozen=True)
class Form:
    """One form of result. ``arms`` are asked of each arm, ``both`` once; those in ``may`` can be left empty.

    ``choices`` are keys of ``CHOICES``. ``one_group``: there is no second arm.
    """

    key: str
    name: str
    hint: str
    arms: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    may: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()
    one_group: bool = False

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number that can be given, arm by arm."""
        sides = ("1",) if self.one_group else ("1", "2")
        return (*(f"{name}{side}" for side in sides for name in self.arms), *self.both)

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(name for name in self.numbers if name not in self.may)


CHOICES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "favours": (
        "Which arm has the higher score, or the event more often?",
        {"1": "The first", "2": "The second"},
    ),
    "curve": (
        "What is the interval built on?",
        {"t": "Student’s t (means of few people)", "z": "The normal curve"},
    ),
    "confidence": ("How wide is the interval?", {"0.95": "95%", "0.9": "90%", "0.99": "99%"}),
    "ratio": (
        "Which ratio is it?",
        {"OR": "Odds ratio", "RR": "Risk ratio", "IRR": "Rate ratio", "HR": "Hazard ratio"},
    ),
    "adjusted": (
        "Was it adjusted for other things, such as scores before?",
        {"no": "No, or not said", "yes": "Yes"},
    ),
    "p_is": ("What does the paper say?", {"exact": "p exactly", "below": "p is below this"}),
    "r_from": (
        "Where is the correlation from?",
        {"paper": "This paper", "assumed": "Assumed, or taken from another study"},
    ),
    "clusters": (
        "Were classes, groups or places allocated rather than people?",
        {"no": "No, people were", "adjusted": "Yes, and the paper allowed for it", "ignored": "Yes, and it did not"},
    ),
    "icc_from": (
        "Where is the intra-cluster correlation from?",
        {"paper": "This paper", "assumed": "Assumed, or taken from another study"},
    ),
}  # fmt: skip
"""What has to be chosen: the question, and its answers. The first answer is the usual one."""

CLUSTERED = ("cluster_size", "icc")
"""Asked beside any form that compares two arms."""

FORMS: tuple[Form, ...] = (
    Form(
        "means",
        "Means and standard deviations",
        "Of each arm, measured after the programme.",
        arms=("n", "m", "sd"),
    ),
    Form(
        "means-se",
        "Means and standard errors",
        "A standard error is small where many people took part.",
        arms=("n", "m", "se"),
    ),
    Form(
        "means-ci",
        "Means with intervals",
        "Each arm’s own interval, not the interval of the difference.",
        arms=("n", "m", "low", "high"),
        choices=("curve", "confidence"),
    ),
    Form(
        "quartiles",
        "Medians with quartiles (IQR)",
        "The two ends of the interquartile range, not its width.",
        arms=("n", "q1", "median", "q3"),
    ),
    Form(
        "range",
        "Medians with smallest and largest",
        "The two ends of the range.",
        arms=("n", "least", "median", "most"),
    ),
    Form(
        "five-numbers",
        "Medians with quartiles and range",
        "Smallest, lower quartile, median, upper quartile, largest.",
        arms=("n", "least", "q1", "median", "q3", "most"),
    ),
    Form(
        "change",
        "Mean changes with standard deviations",
        "Change from before to after in each arm. The correlation of before with after brings it to the scale of "
        "scores, which a standardised difference needs.",
        arms=("n", "change", "sdchange"),
        both=("r",),
        may=frozenset({"r"}),
        choices=("r_from",),
    ),
    Form(
        "before-after",
        "Means before and after",
        "Of each arm at both times, with the correlation of the two.",
        arms=("n", "before", "sdbefore", "after", "sdafter"),
        both=("r",),
        choices=("r_from",),
    ),
    Form(
        "counts",
        "People with the event, of all",
        "For example 12 of 60 excluded from school.",
        arms=("events", "n"),
    ),
    Form(
        "percentages",
        "Per cent with the event",
        "With the number of people that it is a share of.",
        arms=("percent", "n"),
    ),
    Form("rates", "Events over person-time", "For example visits over child-years.", arms=("events", "time")),
    Form(
        "difference",
        "Difference of means with an interval or standard error",
        "Also an adjusted difference: the coefficient of the programme in a regression. Give the standard "
        "deviations where the paper does.",
        arms=("n", "sd"),
        both=("value", "se", "low", "high"),
        may=frozenset({"se", "low", "high", "sd1", "sd2"}),
        choices=("adjusted", "curve", "confidence"),
    ),
    Form(
        "smd",
        "Standardised difference (d or g)",
        "With its standard error, its interval, or the people in each arm.",
        arms=("n",),
        both=("value", "se", "low", "high"),
        may=frozenset({"se", "low", "high", "n1", "n2"}),
        choices=("confidence",),
    ),
    Form(
        "ratio",
        "Ratio with an interval (odds, risk, rate)",
        "As printed, not its logarithm. Also an adjusted odds ratio.",
        arms=("n",),
        both=("value", "low", "high"),
        may=frozenset({"n1", "n2"}),
        choices=("ratio", "adjusted", "confidence"),
    ),
    Form(
        "correlation",
        "Correlation",
        "Between two things measured on the same people.",
        arms=("n",),
        both=("r",),
        one_group=True,
    ),
    Form(
        "t-test",
        "t test",
        "Of two separate arms, without adjustment.",
        arms=("n",),
        both=("t",),
        choices=("favours",),
    ),
    Form(
        "f-test",
        "F test of two arms",
        "With one degree of freedom for the arms; an F of three arms cannot be used.",
        arms=("n",),
        both=("f",),
        choices=("favours",),
    ),
    Form(
        "chi-squared",
        "Chi-squared of two by two",
        "With one degree of freedom, uncorrected.",
        arms=("n",),
        both=("chi2",),
        choices=("favours",),
    ),
    Form(
        "p-value",
        "p only",
        "The last resort: an exact two-sided p of two arms’ means.",
        arms=("n",),
        both=("p",),
        choices=("p_is", "favours"),
    ),
)
"""Every form, the fuller ones first: what is closer to the data is the better choice (Cochrane Handbook 6.5, 6.4)."""


def form_named(key: str) -> Form:
    """The form. Raises NothingThere with those there are."""
    for form in FORMS:
        if form.key == key:
            return form
    raise NothingThere(f"There is no form of result '{key}'.", [form.key for form in FORMS])


def words_of(number: str) -> str:
    """What a number is called: "m1" as "Mean, arm 1"."""
    if number in WORDS:
        return WORDS[number]
    name, side = number[:-1], number[-1]
    return f"{WORDS[name]}, arm {side}"
