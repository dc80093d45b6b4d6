"""Two threads of one customer as one case: a merge is a link, and is taken apart again."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from amends.ground.events.models import PROGRAM, record
from amends.records.complaints import refusals
from amends.records.complaints.vocabulary import CheckBackStage, Kind, State
from amends.records.people.models import Person

if TYPE_CHECKING:
    from .contact import Contact
    from .rows import Merge


class Joining:
    """A trait of Contact: a merged one follows its head, and never closes alone."""

    def merge_into(self, head: "Contact", *, by: Person, at: datetime) -> "Merge":
        """Let this contact follow another one of the same customer, until it is taken apart.

        Who is merged already leads on to its own head. Raises AlreadyMerged, OthersFollowIt,
        OfAnotherCustomer, AlreadyClosed, NotSeenByTheSame, or ComplaintLeads where a complaint
        would follow what is none.
        """
        from .rows import Merge

        contact = cast("Contact", self)
        with transaction.atomic():
            head = contact.hold_both(head)
            contact._must_be_able_to_follow(head)
            merge = Merge.objects.create(
                contact=contact, head=head, at=at,
                actor_kind=by.actor_kind, actor_key=by.actor_key, actor_name=by.actor_name,
            )  # fmt: skip
            contact.merged_into = head
            contact.check_back, contact.check_back_at = CheckBackStage.NONE, None
            contact.plan(at=at)
            record("merged", thread=contact.id, by=by, at=at, reference=head.reference)
            record("merged_here", thread=head.id, by=by, at=at, reference=contact.reference)
            head.hold()
        return merge

    def hold_both(self, head: "Contact") -> "Contact":
        """Hold the contact, and the head of the other one, which is returned."""
        contact = cast("Contact", self)
        # Where two merge the same two at once, both begin with the same row.
        both = type(contact)._base_manager.filter(pk__in=[contact.pk, head.pk])
        list(both.select_for_update().order_by("pk").values_list("pk", flat=True))
        contact.hold()
        head.hold()
        if head.merged_into:
            head = head.merged_into
            head.hold()
        return head

    def unmerge(self, *, by: Person, at: datetime) -> "Contact":
        """Take it apart again, with its own messages and clocks; return what was its head.

        What was closed with its head is open again: the end was the head's.
        """
        contact = cast("Contact", self)
        with transaction.atomic():
            contact.hold()
            head = contact.merged_into
            if head is None:
                raise refusals.NotMerged
            contact.merges.filter(undone_at=None).update(undone_at=at, undone_by_name=by.actor_name)
            contact.merged_into = None
            contact.state, contact.outcome, contact.closed_at = State.OPEN, "", None
            contact.plan(at=at)
            record("unmerged", thread=contact.id, by=by, at=at, reference=head.reference)
            record("unmerged_here", thread=head.id, by=by, at=at, reference=contact.reference)
            head.hold()
            head.plan(at=at)
        return head

    def must_lead(self) -> None:
        """FollowsAnother where the contact is merged: what is to be done is done on its head."""
        if cast("Contact", self).merged_into_id:
            raise refusals.FollowsAnother

    def followers(self) -> "list[Contact]":
        contact = cast("Contact", self)
        merged = contact.merged.select_related("customer", "team", "person", "mailbox", "complaint")
        return list(merged.order_by("received_at", "id"))

    def head(self) -> "Contact":
        """Return the contact that leads this one, itself unless it is merged."""
        contact = cast("Contact", self)
        return contact.merged_into or contact

    def _must_be_able_to_follow(self, head: "Contact") -> None:
        contact = cast("Contact", self)
        if contact.awaits_sender or head.awaits_sender:
            raise refusals.SenderNotConfirmed
        if contact.merged_into_id or head.pk == contact.pk:
            raise refusals.AlreadyMerged
        if contact.customer_id != head.customer_id:
            raise refusals.OfAnotherCustomer
        if contact.is_closed or head.is_closed:
            raise refusals.AlreadyClosed
        if contact.merged.exists():
            raise refusals.OthersFollowIt
        if contact.kind == Kind.COMPLAINT and head.kind != Kind.COMPLAINT:
            raise refusals.ComplaintLeads
        if _watched_by(contact) != _watched_by(head):
            raise refusals.NotSeenByTheSame

    def _lead(self, *, at: datetime) -> None:
        """Close what follows with the head, and open it with the head again."""
        contact = cast("Contact", self)
        for follower in contact.merged.select_related("customer").order_by("id"):
            if follower.is_closed != contact.is_closed:
                follower.hold()
                follower._follow(contact, at=at)

    def _follow(self, head: "Contact", *, at: datetime) -> None:
        contact = cast("Contact", self)
        last = head.closings.order_by("-at", "-id").first()
        if head.is_closed:
            outcome = head.outcome if contact.kind == Kind.COMPLAINT else ""
            contact.state, contact.outcome, contact.closed_at = State.CLOSED, outcome, at
            if outcome and last:
                merge = contact.merges.get(undone_at=None)
                contact.closings.create(
                    outcome=outcome, reason=last.reason, why=last.why, at=at, merge=merge,
                    actor_kind=last.actor_kind, actor_key=last.actor_key,
                    actor_name=last.actor_name,
                )  # fmt: skip
        else:
            contact.state, contact.outcome, contact.closed_at = State.MERGED, "", None
        verb = "closed_with_head" if head.is_closed else "reopened_with_head"
        contact.save(update_fields=["state", "outcome", "closed_at"])
        actor = last if head.is_closed and last else None
        record(verb, thread=contact.id, by=actor or PROGRAM, at=at, reference=head.reference)


def _watched_by(contact: "Contact") -> tuple[object, frozenset[object]]:
    """Return what narrows who may see it: a closed team, and who is named in it."""
    from .complaint import Complaint

    named = Complaint.objects.filter(contact=contact, named__isnull=False)
    closed = contact.team_id if contact.team.closed else None
    return closed, frozenset(named.values_list("named", flat=True))
