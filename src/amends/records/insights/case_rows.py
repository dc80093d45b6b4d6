"""One row per case, for whoever counts elsewhere: what every figure can be derived from again."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, DecimalField, Min, OuterRef, Q, QuerySet, Subquery, Sum

from amends.records.aftercare.models import CheckBack
from amends.records.complaints.models import ContactQuerySet, Message, Point, Reopening
from amends.records.complaints.models.counting import ANSWER
from amends.records.complaints.vocabulary import Direction
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

_AT_ONCE = 500
_IN = Q(direction=Direction.IN, automatic="")

COLUMNS = (
    "reference", "kind", "state", "outcome", "channel", "language", "customer", "subject", "goal",
    "wish", "wish_words", "expected", "got", "fault", "severity", "case_cause", "team", "owner",
    "received_at", "first_answer_at", "closed_at", "next_at", "messages_in", "answers", "reopened",
    "not_solved", "asked_if_understood_at", "understood_right",
    "points", "points_answered", "promises", "promises_kept", "promises_broken", "remedies",
    "remedies_delivered", "gestures", "check_backs_asked", "costs",
)  # fmt: skip


def case_rows(seen: ContactQuerySet) -> Iterator[dict[str, Any]]:
    """Yield one row per contact that somebody may see, oldest first, in constant memory.

    Moments are aware datetimes; counts are integers; costs is a sum for each currency, as text.
    """
    rows = _annotated(seen).order_by("received_at", "id").values(
        *(name for name in COLUMNS if name not in _NAMED and name != "costs"),
        *_NAMED.values(), "pk",
    )  # fmt: skip
    batch: list[dict[str, Any]] = []
    for row in rows.iterator(chunk_size=_AT_ONCE):
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield from _whole(batch)
            batch = []
    yield from _whole(batch)


_NAMED = {
    "customer": "customer__name", "goal": "complaint__goal", "wish": "complaint__wish",
    "wish_words": "complaint__wish_words", "expected": "complaint__expected",
    "got": "complaint__got", "fault": "complaint__fault",
    "severity": "complaint__severity", "case_cause": "complaint__case_cause",
    "asked_if_understood_at": "complaint__paraphrase__at",
    "understood_right": "complaint__paraphrase__right",
    "team": "team__name", "owner": "person__name",
}  # fmt: skip


def _whole(batch: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    costs = _costs([row["pk"] for row in batch])
    for row in batch:
        named = {ours: row[theirs] for ours, theirs in _NAMED.items()}
        whole = {**row, **named, "costs": costs.get(row["pk"], "")}
        yield {name: whole[name] for name in COLUMNS}


def _costs(keys: list[Any]) -> dict[Any, str]:
    sums = (
        Remedy.objects.filter(
            complaint__contact__in=keys, dropped_at=None, delivered_at__isnull=False
        )
        .exclude(cost=None)
        .values("complaint__contact", "currency")
        .annotate(total=Sum("cost", output_field=DecimalField()))
        .order_by("complaint__contact", "currency")
    )
    told: dict[Any, list[str]] = {}
    for row in sums:
        told.setdefault(row["complaint__contact"], []).append(
            f"{row['total']:.2f} {row['currency']}"
        )
    return {key: ", ".join(parts) for key, parts in told.items()}


def _annotated(seen: ContactQuerySet) -> ContactQuerySet:
    messages = Message.objects.filter(contact=OuterRef("pk"))
    reopenings = Reopening.objects.filter(contact=OuterRef("pk"))
    points = Point.objects.standing().filter(complaint__contact=OuterRef("pk"))
    promises = Promise.objects.filter(
        complaint__contact=OuterRef("pk"), withdrawn_at=None, moved_at=None
    )
    remedies = Remedy.objects.filter(complaint__contact=OuterRef("pk"), dropped_at=None)
    asked = CheckBack.objects.filter(complaint__contact=OuterRef("pk"), asked_at__isnull=False)
    return seen.annotate(
        first_answer_at=_one(messages.filter(ANSWER), Min("at"), of="contact"),
        messages_in=_number(messages.filter(_IN), of="contact"),
        answers=_number(messages.filter(ANSWER), of="contact"),
        reopened=_number(reopenings, of="contact"),
        not_solved=_number(reopenings.filter(not_solved=True), of="contact"),
        points=_number(points, of="complaint"),
        points_answered=_number(points.filter(answered_at__isnull=False), of="complaint"),
        promises=_number(promises, of="complaint"),
        promises_kept=_number(promises.filter(kept_at__isnull=False), of="complaint"),
        promises_broken=_number(promises.filter(broken_at__isnull=False), of="complaint"),
        remedies=_number(remedies.filter(gesture=False), of="complaint"),
        remedies_delivered=_number(
            remedies.filter(gesture=False, delivered_at__isnull=False), of="complaint"
        ),
        gestures=_number(remedies.filter(gesture=True), of="complaint"),
        check_backs_asked=_number(asked, of="complaint"),
    )


def _number(rows: QuerySet[Any], *, of: str) -> Any:
    return _one(rows, Count("pk"), of=of)


def _one(rows: QuerySet[Any], what: Any, *, of: str) -> Any:
    return Subquery(rows.order_by().values(of).annotate(one=what).values("one"))
