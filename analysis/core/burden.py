"""What answering cost those who answered."""

from decimal import Decimal


def compliance_cost(
    responses: int,
    *,
    median_minutes: int | Decimal,
    hourly_rate: Decimal,
    recontacted: int = 0,
    recontact_minutes: int = 0,
) -> Decimal:
    """Return responses × median minutes / 60 × rate, plus the same for those asked again, in pounds to the penny."""
    minutes = responses * median_minutes + recontacted * recontact_minutes
    return (Decimal(minutes) / 60 * hourly_rate).quantize(Decimal("0.01"))
