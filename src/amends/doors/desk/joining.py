"""Merge, split, move: two threads as one case, and two matters out of one thread."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, back_to, say_what_is_wrong
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.joining_forms import MergeForm, MoveMessagesForm, SplitForm
from amends.ground.events.models import Event
from amends.records.complaints.belonging import part
from amends.records.complaints.models import Contact, Message
from amends.records.complaints.splitting import split_off, undo_split


@require_POST
@who_answers
def merge(request: DeskRequest, reference: str) -> HttpResponse:
    """Let the case follow another one of the same customer."""
    contact = contact_seen_by(request.user, reference)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return say_what_is_wrong(request, contact, form)
    head = contact_seen_by(request.user, form.cleaned_data["head"])

    def join(at: datetime) -> None:
        contact.merge_into(head, by=request.user, at=at)
        text = _("%(reference)s is merged into this case.") % {"reference": contact.reference}
        _offer_undo(request, text, "merge_undo", contact)

    answer = act(request, contact, join)
    return back_to(contact.merged_into) if contact.merged_into else answer


@require_POST
@who_answers
def unmerge(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    return act(
        request, contact, lambda at: part(contact, by=request.user, at=at),
        done=_("Taken apart. It has its own clocks again."),
    )  # fmt: skip


@require_POST
@who_answers
def split(request: DeskRequest, reference: str) -> HttpResponse:
    """Let messages begin a case of their own."""
    contact = contact_seen_by(request.user, reference)
    form = SplitForm(request.POST)
    if not form.is_valid():
        return say_what_is_wrong(request, contact, form)
    chosen, kind = _chosen(contact, form), form.cleaned_data["kind"]
    begun: list[Contact] = []

    def part(at: datetime) -> None:
        new = split_off(contact, chosen, by=request.user, at=at, kind=kind)
        text = _("Split off from %(reference)s.") % {"reference": contact.reference}
        _offer_undo(request, text, "split_undo", new)
        begun.append(new)

    answer = act(request, contact, part)
    return back_to(begun[0]) if begun else answer


@require_POST
@who_answers
def unsplit(request: DeskRequest, reference: str) -> HttpResponse:
    new = contact_seen_by(request.user, reference)
    answer = act(
        request, new, lambda at: undo_split(new, by=request.user, at=at),
        done=_("Brought back. Nothing was lost."),
    )  # fmt: skip
    new.refresh_from_db(fields=["merged_into"])
    return back_to(new.merged_into) if new.merged_into else answer


@require_POST
@who_answers
def move(request: DeskRequest, reference: str) -> HttpResponse:
    """Let messages go on with another open case of the same customer."""
    contact = contact_seen_by(request.user, reference)
    form = MoveMessagesForm(request.POST)
    if not form.is_valid():
        return say_what_is_wrong(request, contact, form)
    target = contact_seen_by(request.user, form.cleaned_data["to"])
    for message in _chosen(contact, form):
        act(request, contact, partial(_move, request, message, target))
    return back_to(contact)


@require_POST
@who_answers
def move_back(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    """Bring a message back to where it was moved from."""
    contact = contact_seen_by(request.user, reference)
    message = get_object_or_404(contact.messages, pk=key)
    came = Event.objects.about(contact.id).filter(verb="message_came", data__message=str(key))
    last = came.last()
    if last is None:
        raise Http404
    origin = contact_seen_by(request.user, last.data["reference"])
    message.contact = contact
    act(
        request, contact, lambda at: message.move_to(origin, by=request.user, at=at),
        done=_("Moved back."),
    )  # fmt: skip
    return back_to(origin)


def _move(request: DeskRequest, message: Message, target: Contact, at: datetime) -> None:
    message.move_to(target, by=request.user, at=at)
    text = _("Moved to %(reference)s.") % {"reference": target.reference}
    _offer_undo(request, text, "move_back", target, message.pk)


def _chosen(contact: Contact, form: SplitForm | MoveMessagesForm) -> list[Message]:
    keys = form.cleaned_data["messages"]
    chosen = list(contact.messages.filter(pk__in=keys).order_by("at", "id"))
    if len(chosen) != len(set(keys)):
        raise Http404
    for message in chosen:
        message.contact = contact
    return chosen


def _offer_undo(request: DeskRequest, text: str, name: str, of: Contact, *keys: object) -> None:
    where = reverse(f"desk:{name}", args=[of.reference, *keys])
    messages.info(request, text, f"undo {where}")
