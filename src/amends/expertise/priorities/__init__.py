"""In which order to work: the generalised c-mu rule (science.md P2-60)."""

from datetime import datetime, timedelta

# Minutes that a case takes, until the house's own are known; equal for all, so they cancel out.
_EXPECTED_MINUTES = 12.0
_SHORTEST_TERM = timedelta(minutes=30)


def steepness(*, severity: int, arrived_at: datetime, due_at: datetime) -> float:
    """Return w / (d² m): the index of a case is this times its age in seconds.

    Args:
        severity: 1 to 4; the weight w is its square, as harm grows faster than its grade.
        arrived_at: since when the customer waits.
        due_at: the earliest promise or clock; d is the time from arrival to it, in hours.

    Source: generalised cμ rule with cost w(age/d)², science.md P2-60 [57]. Double deviation is
    not in w: it comes before all else, by the order of the query.
    """
    term = max(due_at - arrived_at, _SHORTEST_TERM) / timedelta(hours=1)
    return severity**2 / (term**2 * _EXPECTED_MINUTES)
