"""The worked case's words. Northmoor, its people and its local figures are made up; programmes, ratings,
registers and studies are real, and come from the library with their links and dates."""

from __future__ import annotations

from dataclasses import dataclass

AREA_NAME, AREA_CODE = "Northmoor", "X06000001"

ORGANISATIONS = (
    ("Northmoor ICB", "nhs"),
    ("Northmoor Families Together", "voluntary"),
    ("Northmoor Police", "police"),
    ("Beck Lane Primary School", "school"),
)
COUNCIL = "Northmoor Council"


@dataclass(frozen=True)
class Actor:
    """Somebody in the story: where they work, their role there, and their role on the case."""

    key: str
    name: str
    job_title: str
    organisation: str
    role: str
    on_case: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@northmoor.example"


ACTORS = (
    Actor("tom", "Tom Okafor", "Local Evidence Lead", COUNCIL, "administrator", "contributor"),
    Actor("priya", "Priya Shah", "Commissioner, children’s services", COUNCIL, "member"),
    Actor("helen", "Helen Marsh", "Director of children’s services", COUNCIL, "member", "approver"),
    Actor("ruth", "Ruth Bell", "Analyst", COUNCIL, "member", "contributor"),
    Actor("sam", "Sam Hill", "Children’s lead", "Northmoor ICB", "member", "viewer"),
    Actor(
        "maya", "Maya Collins", "Parenting manager", "Northmoor Families Together", "member", "contributor"
    ),
    Actor("leah", "Leah Ward", "Parent adviser", "Northmoor Families Together", "member", "lived-experience"),
)

TITLE = "Parenting support for families of children aged 3 to 8"
QUESTION = (
    "Which parenting support should we fund from April for families of children aged 3 to 8 with behaviour "
    "difficulties, in place of the drop-in we have now?"
)
BOARD = "Joint Commissioning Board"

REVIEW_TITLE = "Whole-class anxiety lessons: continue, change or stop?"
REVIEW_QUESTION = "Should primary schools go on with the whole-class anxiety lessons that we pay for?"


@dataclass(frozen=True)
class Line:
    """A sentence of the case. ``rests_on`` names findings by the keys that ``load`` gives them."""

    section: str
    text: str
    rests_on: tuple[str, ...] = ()
    judgement_by: str = ""


BEFORE_THE_OPTIONS = (
    Line(
        "why-here",
        "Teachers see behaviour difficulties in more of our children aged 4 to 5 than in England and in the areas most "
        "like ours.",
        ("behaviour",),
    ),
    Line(
        "why-here",
        "More families come back to children’s social care within a year than in England.",
        ("re-referrals",),
    ),
    Line(
        "what-works",
        "Group parenting programmes for this age improve children’s behaviour; Incredible Years Preschool has the "
        "strongest evidence of those we could run.",
        ("iy",),
    ),
    Line(
        "what-works",
        "Empowering Parents, Empowering Communities, led by parents, was tested in the UK with families like ours.",
        ("epec",),
    ),
    Line(
        "what-works",
        "Whole-class lessons in social and emotional skills are not a substitute: what they add is uncertain, and "
        "it was measured in attainment, not behaviour.",
        ("sel", "paths"),
    ),
    Line(
        "what-works",
        "Most of the trials and reviews we looked through ourselves are of parenting groups for these ages.",
        ("search",),
    ),
    Line("families", "Parents want groups in the evening, near home, led by people like them.", ("session",)),
    Line("families", "Parents tell us they wait too long and travel too far."),
)

AFTER_THE_OPTIONS = (
    Line(
        "options",
        "Parent-led groups cost less for each family who finishes than groups led by practitioners.",
        ("cost:epec", "cost:iy", "cost:now"),
    ),
    Line(
        "recommendation",
        "We recommend parent-led groups in four family hubs from April.",
        ("epec", "cost:epec", "session"),
    ),
    Line("delivery", "Our family hubs can host two groups a term without new premises.", ("hubs",)),
    Line(
        "money",
        "If the grant stops in year 2, the training already paid for is what we lose.",
        ("cost:epec", "cost:iy"),
    ),
    Line(
        "review",
        "We will measure behaviour before and after, and look at both a year after the decision.",
        ("baseline",),
    ),
)
