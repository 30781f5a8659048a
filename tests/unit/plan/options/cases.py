"""Options small enough to work out on paper. All figures are made up."""

from wherewithal.plan.options import CostKind, CostLine, Delivery, Horizon, Kind, Option, Quantity, StaffLine

HORIZON = Horizon(2026, 3, 2026)


def by_year(*values: float | tuple[float, float, float]) -> tuple[Quantity, ...]:
    return tuple(Quantity.of(value) for value in values)


AS_NOW = Option(
    "as-now",
    "Carry on as now",
    Kind.BUSINESS_AS_USUAL,
    Delivery(by_year(50, 50, 50), Quantity.of(0.8)),
    (
        CostLine(
            "Family support workers", CostKind.RUNNING, "Northmoor Council", by_year(76_000, 76_000, 76_000)
        ),
    ),
    (StaffLine("family support worker", by_year(2, 2, 2), in_post=2, trained=2),),
)

GROUPS = Option(
    "groups",
    "Parent groups",
    Kind.PROGRAMME,
    Delivery(
        by_year((40, 60, 70), (100, 120, 130), (100, 120, 130)),
        Quantity.of((0.6, 0.75, 0.8)),
        Quantity.of(10),
    ),
    (
        CostLine(
            "Training",
            CostKind.TRAINING,
            "Northmoor Council",
            by_year((20_000, 30_000, 36_000), 11_000, 5_000),
            from_grant=True,
        ),
        CostLine(
            "Books and toys", CostKind.SET_UP, "Northmoor ICB", by_year(8_000, 0, 0), useful_elsewhere=True
        ),
        CostLine(
            "Group leaders",
            CostKind.RUNNING,
            "Northmoor Council",
            by_year(100_000, 150_000, 150_000),
            from_grant=True,
        ),
        CostLine("Rooms and crèche", CostKind.RUNNING, "Northmoor ICB", by_year(20_000, 40_000, 40_000)),
    ),
    (StaffLine("group leader", by_year((2, 2, 3), (4, 4, 5), 4), in_post=2, trained=1, training_weeks=14),),
)

STOP = Option(
    "stop",
    "Stop the service",
    Kind.STOP,
    costs=(CostLine("Redundancy", CostKind.RUNNING, "Northmoor Council", by_year(24_000, 0, 0)),),
)
