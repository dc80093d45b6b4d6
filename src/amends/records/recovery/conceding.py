"""The stance of the house where a remedy shows what is at stake: it may concede first."""

from datetime import datetime

from django.db.models import Count, Q, Sum

from amends.ground.events.models import Actor
from amends.records.complaints.models import Complaint
from amends.records.complaints.vocabulary import Fault
from amends.records.house.models import House, Stance

_WEIGHED = ("fault", "severity", "cannot_describe", "facts_contradict")


def weigh(complaint: Complaint, *, by: Actor, at: datetime) -> None:
    """Concede the fault of a plain case that costs little, as long as nobody has found another.

    What it costs is known with its remedies, not when it comes in. Without them, or beyond the
    limit, a fault that was conceded is open again; what a person has found always stands.
    """
    last = complaint.findings.order_by("-at", "-id").first()
    complaint.refresh_from_db(fields=[*_WEIGHED])
    if (last and not last.conceded) or (not last and complaint.fault != Fault.UNKNOWN):
        return
    house = House.objects.current()
    small = _is_small(complaint, house)
    if complaint.fault == Fault.OURS and not small:
        complaint.concede(Fault.UNKNOWN, by=by, at=at)
    concedes = house.stance == Stance.CONCEDE and small and complaint.is_plain
    if complaint.fault == Fault.UNKNOWN and concedes:
        complaint.concede(Fault.OURS, by=by, at=at)


def _is_small(complaint: Complaint, house: House) -> bool:
    """Tell whether all fixes have a cost in the currency of the limit, and stay within it."""
    fixes = complaint.remedies.filter(gesture=False, dropped_at=None).aggregate(
        number=Count("id"), total=Sum("cost"),
        comparable=Count("id", filter=Q(cost__isnull=False, currency=house.concede_currency)),
    )  # fmt: skip
    if not fixes["number"] or fixes["comparable"] != fixes["number"]:
        return False
    return bool(fixes["total"] <= house.concede_up_to)
