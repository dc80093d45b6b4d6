"""What has been said in a thread, counted: what an answer is, and since when nobody gave one."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from django.db.models import Max, Min, Q
from django.db.models.functions import Coalesce

from amends.records.complaints.vocabulary import Direction, Kind

if TYPE_CHECKING:
    from .contact import Contact

# An answer is a person's message that was neither taken back nor refused by a server.
ANSWER = Q(direction=Direction.OUT, author__isnull=False, taken_back_at=None, refused_at=None)
# Of a call or a letter it is when it came on record, whenever it was said.
GIVEN_AT = Coalesce("noted_at", "at")


@dataclass(frozen=True)
class Talk:
    """What has been said in a thread, as far as it decides what comes next."""

    last_answer_at: datetime | None
    last_word_at: datetime | None
    unanswered_since: datetime | None
    said_no_at: datetime | None
    joined: "tuple[Talk, ...]" = ()

    @property
    def no_is_unanswered(self) -> bool:
        return self._own_no_is_unanswered or any(talk.no_is_unanswered for talk in self.joined)

    @property
    def _own_no_is_unanswered(self) -> bool:
        if self.said_no_at is None:
            return False
        return self.last_answer_at is None or self.last_answer_at < self.said_no_at

    @property
    def waits_since(self) -> datetime | None:
        """Since when the customer waits for a person's word; a bare "not solved" counts."""
        no = self.said_no_at if self._own_no_is_unanswered else None
        own = (self.unanswered_since, no)
        moments = [at for at in (*own, *(talk.waits_since for talk in self.joined)) if at]
        return min(moments, default=None)

    @property
    def last_said_at(self) -> datetime | None:
        own = (self.last_answer_at, self.last_word_at)
        moments = [at for at in (*own, *(talk.last_said_at for talk in self.joined)) if at]
        return max(moments, default=None)


class Counting:
    """A trait of Contact."""

    def talk(self) -> Talk:
        """Count what has been said: the one place that says what an answer is.

        What comes or goes by itself is no answer, and no word of the customer. With a head
        waits whoever waits in what follows it; since the merge its answers are for all.
        """
        contact = cast("Contact", self)
        own = contact.own_talk()
        merges = contact.merges_led.filter(undone_at=None).select_related("contact")
        joined = tuple(
            merge.contact.own_talk(also_answered_at=_if_after(merge.at, own.last_answer_at))
            for merge in merges.order_by("at", "id")
        )
        words = [talk.last_word_at for talk in (own, *joined) if talk.last_word_at]
        return replace(own, last_word_at=max(words, default=None), joined=joined)

    def last_answer_at(self) -> datetime | None:
        """Return when a person last answered in this thread, by what has not failed since."""
        contact = cast("Contact", self)
        last: datetime | None = contact.messages.filter(ANSWER).aggregate(last=Max("at"))["last"]
        return last

    def own_talk(self, *, also_answered_at: datetime | None = None) -> Talk:
        """Count what has been said in this thread alone."""
        contact = cast("Contact", self)
        heard = Q(direction=Direction.IN, automatic="")
        said = contact.messages.aggregate(
            answer=Max("at", filter=ANSWER), word=Max("at", filter=heard)
        )
        answers = [at for at in (said["answer"], also_answered_at) if at]
        answered_at, settled_at = max(answers, default=None), contact._settled_at()
        unanswered = contact.messages.filter(heard)
        for moment in filter(None, (answered_at, settled_at)):
            unanswered = unanswered.filter(at__gt=moment)
        no = contact.reopenings.filter(not_solved=True).aggregate(last=Max("at"))["last"]
        return Talk(
            last_answer_at=answered_at,
            last_word_at=max((at for at in (said["word"], no) if at), default=None),
            unanswered_since=unanswered.aggregate(first=Min("at"))["first"],
            said_no_at=no if no and (settled_at is None or no > settled_at) else None,
        )

    def _settled_at(self) -> datetime | None:
        """Say since when nothing older waits for an answer: the last end, or setting aside.

        What was set aside and is taken up again by a person, not by the customer, still waits.
        """
        contact = cast("Contact", self)
        # An end that was the head's was none, once they are taken apart; nor is one of which the
        # customer never heard.
        closings = contact.closings.filter(merge__undone_at=None, voided_at=None)
        ends = [closings.aggregate(last=Max("at"))["last"]]
        verdicts = contact.verdicts.filter(undone_at=None).order_by("at", "id")
        rows = [*verdicts.values_list("kind", "before", "at"), ("", "", None)]
        for (kind, _before, at), (_kind, next_before, _at) in pairwise(rows):
            if kind == Kind.NOTHING and next_before != Kind.NOTHING:
                ends.append(at)
        return max(filter(None, ends), default=None)


def _if_after(merged_at: datetime, answered_at: datetime | None) -> datetime | None:
    return answered_at if answered_at and answered_at >= merged_at else None
