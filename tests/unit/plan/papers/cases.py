"""A small paper with every kind of sentence in it. Local figures are made up."""

from datetime import date

from wherewithal.plan.papers import Paper, Table, compose, named_template
from wherewithal.thread import Claim, Drift, Finding, Input, Interval, Lane, Method, Source
from wherewithal.thread.drift import Change, Kind

TODAY = date(2026, 11, 23)


def finding(lane: Lane, subject: str, title: str, statement: str, **more) -> Finding:
    defaults = {
        "method": Method("as given", "1"),
        "inputs": (Input("a file", subject),),
        "sources": (
            Source(f"source:{subject}", "A published page", "https://example.org/a?b=1&c=2", "March 2026"),
        ),
        "found_on": date(2026, 11, 3),
    }
    return Finding(lane=lane, subject=subject, title=title, statement=statement, **{**defaults, **more})


REREFERRALS = finding(
    Lane.LOCAL_DATA,
    "indicator:re-referrals:northmoor",
    "Re-referrals within 12 months",
    "Northmoor is higher than England and rising.",
    value=26.4,
    unit="%",
    interval=Interval(25.1, 27.8, "95% interval"),
    facts={"England": "22.6%", "Period": "2025"},
    made_up=True,
    look_again=date(2027, 10, 1),
)
INCREDIBLE_YEARS = finding(
    Lane.RESEARCH,
    "programme:incredible-years-preschool",
    "Incredible Years Preschool (Basic)",
    "Rated 4+ by the Foundations Guidebook.",
    facts={"Foundations Guidebook": "4+"},
    band="strong",
    cautions=("The review is ten years old.",),
)
PATHS = finding(
    Lane.RESEARCH,
    "programme:paths",
    "PATHS Elementary",
    "Registers disagree.",
    facts={"Foundations Guidebook": "3+"},
    band="mixed",
)
MONEY = finding(
    Lane.MONEY,
    "options:c1:groups",
    "What it costs: Incredible Years, 12 groups",
    "Incredible Years costs £912,000 (790,000 to 1,130,000) over 5 years.",
    judged_by="Ada Okafor",
    value=912_000.0,
    unit="£, present cost",
    interval=Interval(790_000, 1_130_000, "from everything going well to everything going badly"),
    made_up=True,
)
FINDINGS = {f.fingerprint: f for f in (REREFERRALS, INCREDIBLE_YEARS, PATHS, MONEY)}

CLAIMS = (
    Claim(
        "need",
        "Re-referrals of children under 8 are higher than in England, and rising.",
        "why-here",
        (REREFERRALS.fingerprint,),
    ),
    Claim("wait", "Parents tell us they wait too long <and> travel too far.", "families"),
    Claim(
        "works",
        "Group parenting programmes for this age improve behaviour; Incredible Years has the strongest evidence.",
        "what-works",
        (INCREDIBLE_YEARS.fingerprint, PATHS.fingerprint),
    ),
    Claim("not-paths", "Whole-class programmes are not a substitute.", "what-works", (PATHS.fingerprint,)),
    Claim(
        "best",
        "We recommend twelve groups a year.",
        "recommendation",
        (MONEY.fingerprint, REREFERRALS.fingerprint),
    ),
    Claim(
        "hubs",
        "Our family hubs can host two groups a term without new premises.",
        "delivery",
        judgement_by="the Family Hubs manager",
    ),
)
DRIFT = (
    Drift(
        "not-paths",
        Change(
            PATHS.fingerprint,
            Kind.SUPERSEDED,
            date(2026, 11, 20),
            "Foundations Guidebook: was 3+, now mixed.",
        ),
    ),
)
OPTIONS_TABLE = Table(
    "options",
    "The options compared",
    ("", "Carry on as now", "Incredible Years, 12 groups", "EPEC, parent-led"),
    (
        (
            "What the research says",
            "Not enough to say\nno measured outcomes",
            "Strong. Guidebook 4+",
            "Good. Guidebook 3",
        ),
        (
            "Families who finish, a year",
            "40 (32 to 48)\n50 start",
            "88 (66 to 104). 120 start",
            "61 (45 to 78). 80 start",
        ),
        ("Cost for each family who finishes", "£1,900", "£2,740 (2,180 to 3,660)", "£1,480 (1,120 to 2,050)"),
        (
            "Who pays",
            "Northmoor Council pays all",
            "Northmoor Council 80% and Northmoor ICB 20%",
            "Northmoor Council 70%",
        ),
    ),
    (
        "2026/27 prices. Rates: Green Book 2026.",
        "The range is everything going well to everything going badly.",
    ),
)


def paper(**more) -> Paper:
    return compose(
        named_template(),
        **{
            "title": "Parenting support for families of children aged 3 to 8",
            "question": "What should Northmoor commission for families of young children with behaviour difficulties?",
            "meta": (
                ("Written for", "Joint Commissioning Board, 12 March 2027"),
                ("Written by", "Northmoor Council with Northmoor ICB and Home-Start Northmoor"),
            ),
            "claims": CLAIMS,
            "findings": FINDINGS,
            "drift": DRIFT,
            "tables": (OPTIONS_TABLE,),
            "in_place": {"business as usual"},
            "written_on": TODAY,
            **more,
        },
    )
