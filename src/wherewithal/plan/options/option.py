"""An option: what could be commissioned, what it costs, who pays, and which staff it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wherewithal.errors import BadInput, Problem
from wherewithal.plan.options.quantity import Quantity
from wherewithal.thread import fingerprint_of

LONGEST = 60
"""The longest appraisal period, in years: what the Green Book uses for buildings and infrastructure."""


class Kind(StrEnum):
    BUSINESS_AS_USUAL = "business as usual"
    DO_MINIMUM = "do the minimum"
    PROGRAMME = "programme"
    STOP = "stop"


class CostKind(StrEnum):
    SET_UP = "set-up"
    TRAINING = "training"
    RUNNING = "running"


@dataclass(frozen=True)
class Horizon:
    """The financial years that an appraisal covers, and the year whose prices it is in.

    ``first_year`` 2026 means 2026/27, which is year 1 to people and year 0 (undiscounted) to the Green Book.
    """

    first_year: int
    years: int
    price_year: int

    def __post_init__(self) -> None:
        if not 1 <= self.years <= LONGEST:
            raise BadInput(
                "The appraisal needs a number of years.",
                [
                    Problem(
                        "Number of years", str(self.years), f"1 to {LONGEST}", "Choose the years to look at."
                    )
                ],
            )

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(financial_year(self.first_year + step) for step in range(self.years))

    @property
    def price_base(self) -> str:
        return f"{financial_year(self.price_year)} prices"


def financial_year(start: int) -> str:
    """2026 as "2026/27"."""
    return f"{start}/{(start + 1) % 100:02d}"


NOTHING = Quantity(0, 0, 0)


@dataclass(frozen=True)
class Delivery:
    """How many families an option reaches.

    ``start`` is families who start, one quantity a year; ``share_finish`` is the share of them who finish
    (0 to 1); ``group_size`` is families in a group, where it runs in groups.
    """

    start: tuple[Quantity, ...] = ()
    share_finish: Quantity = NOTHING
    group_size: Quantity | None = None


@dataclass(frozen=True)
class CostLine:
    """One line of cost: pounds in real prices, one quantity a year.

    ``from_grant`` says that the money could stop; ``useful_elsewhere`` that another service would use what
    was bought, so that it is not lost when this option stops.
    """

    label: str
    kind: CostKind
    paid_by: str
    amounts: tuple[Quantity, ...]
    from_grant: bool = False
    useful_elsewhere: bool = False


@dataclass(frozen=True)
class StaffLine:
    """Staff of one role, in full-time equivalents (FTE).

    ``fte`` is what the option needs, one quantity a year; ``in_post`` is who works in the role now, and
    ``trained`` those of them already trained for it; ``training_weeks`` is how long training one takes.
    """

    role: str
    fte: tuple[Quantity, ...]
    in_post: float = 0.0
    trained: float = 0.0
    training_weeks: float = 0.0


@dataclass(frozen=True)
class Option:
    """What could be commissioned. ``key`` is stable while the name and the figures change."""

    key: str
    name: str
    kind: Kind
    delivery: Delivery = Delivery()
    costs: tuple[CostLine, ...] = ()
    staff: tuple[StaffLine, ...] = ()

    @property
    def is_costed(self) -> bool:
        return bool(self.costs)

    @property
    def is_staffed(self) -> bool:
        """Whether its staff are known. Stopping takes no staff."""
        return bool(self.staff) or self.kind is Kind.STOP

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready copy, quantities as [low, central, high]. ``from_dict`` brings it back."""
        return {
            "key": self.key,
            "name": self.name,
            "kind": self.kind.value,
            "delivery": {
                "start": [quantity.as_list() for quantity in self.delivery.start],
                "share_finish": self.delivery.share_finish.as_list(),
                "group_size": self.delivery.group_size.as_list() if self.delivery.group_size else None,
            },
            "costs": [
                {
                    "label": line.label,
                    "kind": line.kind.value,
                    "paid_by": line.paid_by,
                    "amounts": [quantity.as_list() for quantity in line.amounts],
                    "from_grant": line.from_grant,
                    "useful_elsewhere": line.useful_elsewhere,
                }
                for line in self.costs
            ],
            "staff": [
                {
                    "role": line.role,
                    "fte": [quantity.as_list() for quantity in line.fte],
                    "in_post": float(line.in_post),
                    "trained": float(line.trained),
                    "training_weeks": float(line.training_weeks),
                }
                for line in self.staff
            ],
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Option:
        """The option that ``as_dict`` wrote; single numbers are taken for quantities too.

        Raises BadInput where a quantity is out of order, KeyError or ValueError where the text is not one.
        """
        delivery = plain.get("delivery", {})
        group_size = delivery.get("group_size")
        return cls(
            plain["key"],
            plain["name"],
            Kind(plain["kind"]),
            Delivery(
                _quantities(delivery.get("start", ())),
                Quantity.of(delivery.get("share_finish", 0)),
                None if group_size is None else Quantity.of(group_size),
            ),
            tuple(
                CostLine(**{**line, "kind": CostKind(line["kind"]), "amounts": _quantities(line["amounts"])})
                for line in plain.get("costs", ())
            ),
            tuple(StaffLine(**{**line, "fte": _quantities(line["fte"])}) for line in plain.get("staff", ())),
        )


def _quantities(plain: Sequence[Any]) -> tuple[Quantity, ...]:
    return tuple(Quantity.of(value) for value in plain)


def problems_of(option: Option, horizon: Horizon) -> list[Problem]:
    """Everything that stops an option from being appraised, as something to put right."""
    found = []
    name = option.name.strip() or "Option without a name"
    if not option.name.strip():
        found.append(Problem("Name", "nothing", "a name people will recognise", "Give the option a name."))
    for where, quantities in _by_year(option):
        if len(quantities) != horizon.years:
            found.append(
                Problem(
                    f"{name}, {where}",
                    f"{len(quantities)} years",
                    f"{horizon.years} years, {horizon.labels[0]} to {horizon.labels[-1]}",
                    "Fill in a figure for every year; write 0 where there is none.",
                )
            )
        for label, quantity in zip(horizon.labels, quantities, strict=False):
            if quantity.low < 0:
                found.append(
                    Problem(
                        f"{name}, {where}, {label}", quantity.written, "0 or more", "Take out the minus sign."
                    )
                )
    share = option.delivery.share_finish
    if not 0 <= share.low <= share.high <= 1:
        found.append(
            Problem(
                f"{name}, share who finish",
                f"{share.scaled(100).written}%",
                "0% to 100%",
                "Write how many in every 100 who start also finish.",
            )
        )
    if option.delivery.group_size and option.delivery.group_size.low <= 0:
        found.append(
            Problem(
                f"{name}, families in a group",
                option.delivery.group_size.written,
                "more than 0",
                "Leave it empty if it does not run in groups.",
            )
        )
    found.extend(_line_problems(option, name))
    return found


def _by_year(option: Option) -> Iterator[tuple[str, tuple[Quantity, ...]]]:
    if option.delivery.start:
        yield "families who start", option.delivery.start
    for line in option.costs:
        yield f"cost '{line.label}'", line.amounts
    for staff in option.staff:
        yield f"staff '{staff.role}'", staff.fte


def _line_problems(option: Option, name: str) -> Iterator[Problem]:
    for line in option.costs:
        if not line.label.strip():
            yield Problem(f"{name}, costs", "a line without a name", "what the money buys", "Name the line.")
        if not line.paid_by.strip():
            yield Problem(
                f"{name}, cost '{line.label}'", "nobody", "who pays", "Name the organisation that pays."
            )
    for staff in option.staff:
        where = f"{name}, staff '{staff.role}'"
        if not staff.role.strip():
            yield Problem(f"{name}, staff", "a line without a role", "the role", "Name the role.")
        if min(staff.in_post, staff.trained, staff.training_weeks) < 0:
            yield Problem(where, "a figure below 0", "0 or more", "Take out the minus sign.")
        if staff.trained > staff.in_post:
            yield Problem(
                where,
                f"{staff.trained:g} trained of {staff.in_post:g} in post",
                "no more trained than in post",
                "Count the trained people among those in post.",
            )
