"""What the desk's pages say of records: an event as a sentence, why a case is first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.doors.desk import joining_words, paraphrase_words, whose_words
from amends.doors.desk.forms import MoveForm
from amends.doors.desk.house_words import EVENTS
from amends.ground.events.models import Event
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.vocabulary import Channel, Kind, Outcome
from amends.records.promises.models import Promise

register = template.Library()

# Sentences without a subject: who did it stands beside, so no verb has to take a gender.
_PLAIN = {
    "verdict_undone": gettext_lazy("Decision undone, it is undecided again"),
    "taken_back": gettext_lazy("Reply taken back before it was sent"),
    "call_taken_back": gettext_lazy("Call taken back"),
    "letter_taken_back": gettext_lazy("Letter taken back"),
    "promise_withdrawn": gettext_lazy("Promise withdrawn with the answer that gave it"),
    "check_back_cancelled": gettext_lazy("Check-back called off"),
    "check_back_undelivered": gettext_lazy("Check-back not delivered, the case is back in hand"),
    "named": gettext_lazy("The complaint is about a colleague, who no longer sees it"),
    "yes_that_says_no": gettext_lazy("“Solved” was chosen, but the words say otherwise"),
    "mail_accepted": gettext_lazy("Mail delivered to the customer’s mail server"),
    "mail_refused": gettext_lazy("Mail not delivered"),
    "mail_let_go": gettext_lazy("Held mail sent after a look"),
    "mail_discarded": gettext_lazy("Held mail discarded after a look"),
    "survey_answered": gettext_lazy("Survey answered"),
    "survey_skipped": gettext_lazy("No survey was sent"),
    "understood": gettext_lazy("Understanding noted"),
    "fault_conceded": gettext_lazy("Fault follows the stance of the house"),
    "events_erased": gettext_lazy("Entries erased"),
    "case_held": gettext_lazy("Legal hold put on this case"),
    "case_hold_lifted": gettext_lazy("Legal hold on this case lifted"),
    "saved_reply_back": gettext_lazy("Saved reply brought back"),
    "saved_reply_changed": gettext_lazy("Saved reply changed"),
    "saved_reply_deleted": gettext_lazy("Saved reply deleted"),
    "reply_saved": gettext_lazy("Reply saved"),
    **EVENTS,
    **paraphrase_words.SENTENCES,
    "joined": gettext_lazy("Came into the house"),
    "password_asked_for": gettext_lazy("Link to a new password sent"),
    "password_set": gettext_lazy("New password set"),
    "signed_out_elsewhere": gettext_lazy("Signed out elsewhere"),
}
_WITH_WORDS = {
    "redacted": gettext_lazy("Redacted for good: %(why)s"),
    "point_added": gettext_lazy("Point added: %(text)s"),
    "point_answered": gettext_lazy("Point answered: %(text)s"),
    "point_open_again": gettext_lazy("Point open again: %(text)s"),
    "point_reworded": gettext_lazy("Point reworded: %(text)s. Before: %(was)s"),
    "point_removed": gettext_lazy("Point removed: %(text)s"),
    "point_brought_back": gettext_lazy("Point brought back: %(text)s"),
    "promised": gettext_lazy("Promised: %(what)s"),
    "promise_kept": gettext_lazy("Promise kept: %(what)s"),
    "promise_broken": gettext_lazy("Promise broken: %(what)s"),
    "promise_moved": gettext_lazy("Promise moved: %(what)s. Why: %(why)s"),
    "remedy_decided": gettext_lazy("Decided to put it right: %(what)s"),
    "remedy_delivered": gettext_lazy("Put right: %(what)s"),
    "remedy_dropped": gettext_lazy("Remedy dropped: %(what)s"),
    **joining_words.SENTENCES,
    **whose_words.SENTENCES,
    "invited": gettext_lazy("Invited: %(to)s"),
    "invitation_taken_back": gettext_lazy("Invitation taken back: %(to)s"),
}
_ICONS = {
    "arrived": "inbox", "decided": "split", "verdict_undone": "undo-2", "handed": "users",
    "promised": "calendar-clock", "promise_kept": "check", "promise_broken": "circle-x",
    "promise_moved": "calendar-clock", "remedy_decided": "wrench", "remedy_delivered": "check",
    "remedy_dropped": "undo-2", "called_in_vain": "phone-missed", "closed": "archive",
    "reopened": "rotate-ccw",
    "check_back_planned": "clock", "check_back_cancelled": "clock", "mail_refused": "mail-x",
    "mail_let_go": "send", "mail_discarded": "trash-2",
    "case_held": "lock", "case_hold_lifted": "lock-open",
    "mail_accepted": "mail-check", "taken_back": "undo-2",
    "call_taken_back": "undo-2", "letter_taken_back": "undo-2", "next_set": "calendar-clock",
    **joining_words.ICONS,
    **paraphrase_words.ICONS,
    **whose_words.ICONS,
}  # fmt: skip


@register.filter
def sentence(event: Event) -> str:
    """Say what happened in one sentence; an event without words of its own says its verb."""
    special: dict[str, Callable[[dict[str, Any]], str]] = {
        "arrived": _arrived, "decided": _decided, "handed": _handed, "closed": _closed,
        "reopened": _reopened, "next_set": _next_set, "check_back_planned": _check_back_planned,
        "called_in_vain": _called_in_vain,
    }  # fmt: skip
    if event.is_erased and event.verb not in _PLAIN:
        return _("An entry that was erased")
    if event.verb in special:
        return special[event.verb](event.data)
    if event.verb in _WITH_WORDS:
        names = ("text", "was", "what", "why", "reference", "name", "who")
        given = dict.fromkeys(names, "") | event.data
        words: str = str(_WITH_WORDS[event.verb]) % given
        return words
    return str(_PLAIN.get(event.verb, event.verb.replace("_", " ")))


@register.filter
def event_icon(event: Event) -> str:
    return _ICONS.get(event.verb, "dot")


@register.filter
def why_first(contact: Contact, now: datetime) -> str:
    """Say in words why this case is the next best one."""
    if contact.double_deviation:
        return _("First because we said it was solved and it wasn’t")
    if contact.promise_due_at and contact.promise_due_at < now:
        return _("First because a promise is broken")
    if contact.next_at and contact.next_at < now:
        return _("First because it is late")
    if contact.next_key == "keep_promise":
        return _("First because a promise is due next")
    if contact.last_direction == "in":
        return _("First because this customer has waited longest for what is at stake")
    return _("First because it is due next")


@register.filter
def proposal_words(reason: str) -> str:
    """Say why the program proposes to set it aside; it is never more than a proposal."""
    known = {
        "bulk": _("It looks like mail that went to many people."),
        "bounce": _("It says that a mail of ours was not delivered."),
        "auto_submitted": _("It looks like an automatic answer."),
    }
    return known.get(reason) or _("It looks like an automatic mail.")


@register.filter
def move_form(promise: Promise, bound: MoveForm | str | None) -> MoveForm:
    """Return the form that moves this promise: the one that was typed into, or a fresh one."""
    prefix = f"move-{promise.pk}"
    if isinstance(bound, MoveForm) and bound.prefix == prefix:
        return bound
    return MoveForm(prefix=prefix)


@register.filter
def delivery(message: Message) -> str:
    """Return how far a mail of ours is: queued, held, sent, refused, taken_back; "" for words."""
    if message.taken_back_at:
        return "taken_back"
    if message.refused_at or (message.outgoing and message.outgoing.state == "refused"):
        return "refused"
    if message.outgoing is None:
        return ""
    if message.outgoing.state == "held":
        return "held"
    return "sent" if message.outgoing.state == "accepted" else "queued"


def _arrived(data: dict[str, Any]) -> str:
    ways = {
        Channel.MAIL: _("Came in by mail"),
        Channel.FORM: _("Came in by the web form"),
        Channel.PHONE: _("Came in by phone"),
        Channel.COUNTER: _("Came in at the counter"),
        Channel.LETTER: _("Came in by letter"),
    }
    return ways.get(data.get("channel", ""), _("Came in"))


def _decided(data: dict[str, Any]) -> str:
    kinds = {
        Kind.COMPLAINT: _("Decided: a complaint"),
        Kind.QUESTION: _("Decided: a question"),
        Kind.NOTHING: _("Set aside: nothing to answer"),
    }
    return kinds.get(data.get("kind", ""), _("Undecided again"))


def _handed(data: dict[str, Any]) -> str:
    if data.get("why") == "absence":
        return _("Handed to %(to)s because of an absence") % data
    if data.get("why"):
        return _("Handed to %(to)s: %(why)s") % data
    return _("Handed to %(to)s") % data


def _closed(data: dict[str, Any]) -> str:
    outcomes = {
        Outcome.CONFIRMED: _("Closed: confirmed by the customer"),
        Outcome.NO_ANSWER: _("Closed: no answer after the check-backs"),
        Outcome.ON_THE_SPOT: _("Closed: solved on the spot"),
        Outcome.BY_LEAD: _("Closed by a lead"),
    }
    return outcomes.get(data.get("outcome", ""), _("Closed"))


def _reopened(data: dict[str, Any]) -> str:
    if data.get("not_solved"):
        return _("Open again: the customer says that it isn’t solved")
    if data.get("undelivered"):
        return _("Open again: a mail that the end rested on was not delivered")
    return _("Open again: the customer wrote")


def _next_set(data: dict[str, Any]) -> str:
    if data.get("text"):
        return _("Next action changed: %(text)s") % data
    return _("Date of the next action changed")


def _called_in_vain(data: dict[str, Any]) -> str:
    if data.get("text"):
        return _("Called, nobody reached: %(text)s") % data
    return _("Called, nobody reached")


def _check_back_planned(_data: dict[str, Any]) -> str:
    return _("Check-back planned and approved")
