"""The case: story, timeline, rail and next action, the customer beside it, reply and note apart."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from amends.doors.desk import forms
from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by, may_act
from amends.doors.desk.next_words import next_words
from amends.doors.desk.strips import strips_of
from amends.doors.desk.survey import last_survey
from amends.ground import clock
from amends.records.aftercare.models import CheckBack
from amends.records.answering.answer import Answer
from amends.records.complaints.greeting import greeting_for
from amends.records.complaints.models import Complaint, Contact
from amends.records.complaints.rail import rail_of
from amends.records.complaints.timeline import timeline_of
from amends.records.complaints.vocabulary import Channel
from amends.records.people.models import Person, Team
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy

_EARLIER_SHOWN = 6


@require_safe
@at_the_desk
def page(request: DeskRequest, reference: str) -> HttpResponse:
    return show(request, contact_seen_by(request.user, reference))


def show(
    request: DeskRequest, contact: Contact, *, status: int = 200, **bound: Form
) -> HttpResponse:
    """Show the case, with those forms that were typed into as they were."""
    complaint = contact.complaint_or_none()
    now = clock.now()
    address = contact.address_of_customer()
    context: dict[str, Any] = {
        "contact": contact,
        "customer": contact.customer,
        "complaint": complaint,
        "now": now,
        "next_words": next_words(contact, request.LANGUAGE_CODE),
        "timeline": timeline_of(contact),
        "addresses": list(contact.customer.addresses.order_by("id")),
        "phones": list(contact.customer.phones.order_by("id")),
        "accounts": list(contact.customer.accounts.order_by("id")),
        "representatives": list(contact.customer.representatives.order_by("id")),
        "earlier": _earlier(contact, request.user),
        "holders": _holders(),
        # What was typed is shown even if it can't be sent any more: it was closed meanwhile.
        "may_act": may_act(request.user),
        "can_be_answered": may_act(request.user)
        and ("reply" in bound or not (complaint and contact.is_closed)),
        "has_address": "reply" in bound or bool(address),
        "address": address,
        "in_person": contact.channel in {Channel.PHONE, Channel.COUNTER},
        "forms": _forms(contact, bound),
    }
    context |= strips_of(request, now)
    if complaint:
        context |= _of_complaint(complaint, request.LANGUAGE_CODE)
    return render(request, "desk/case.html", context, status=status)


def reply_form(
    contact: Contact, data: QueryDict | None, *, typed: Answer | None = None
) -> forms.ReplyForm:
    complaint = contact.complaint_or_none()
    points = complaint.points.filter(answered_at=None) if complaint else ()
    greeting = greeting_for(contact)
    return forms.ReplyForm(
        data,
        points=[(str(point.pk), point.text) for point in points],
        greeting=greeting,
        initial=forms.typed_as(typed) if typed else {"text": greeting},
    )


def _forms(contact: Contact, bound: dict[str, Form]) -> dict[str, Form | None]:
    """Make every form of the page; one that was typed into takes the place of its fresh self."""
    fresh: dict[str, Form | None] = {
        "reply": bound.get("reply") or reply_form(contact, None),
        "note": forms.NoteForm(prefix="note"),
        "customer_form": forms.CustomerForm(
            prefix="customer",
            initial={"form": contact.customer.form, "vocative": contact.customer.vocative},
        ),
        "next_form": forms.NextForm(prefix="next", initial=_next_initial(contact)),
        "move": None,
    }
    complaint = contact.complaint_or_none()
    if complaint:
        understood = ("goal", "wish", "wish_words", "fault", "severity", "case_cause")
        fresh |= {
            "point": forms.PointForm(prefix="point"),
            "promise": forms.PromiseForm(prefix="promise"),
            "remedy": forms.RemedyForm(prefix="remedy"),
            "closing": forms.ClosingForm(prefix="closing"),
            "understanding": forms.UnderstandingForm(
                prefix="understanding",
                initial={name: getattr(complaint, name) for name in understood},
            ),
        }
    return fresh | bound


def _next_initial(contact: Contact) -> dict[str, object]:
    if contact.next_at is None:
        return {}
    local = timezone.localtime(contact.next_at)
    return {"text": contact.next_text, "date": local.date(), "time": local.time()}


def _of_complaint(complaint: Complaint, language: str) -> dict[str, Any]:
    contact = complaint.contact
    refused = contact.reopenings.filter(not_solved=True).order_by("-at", "-id")
    return {
        "rail": rail_of(complaint, language=language),
        "said_no": refused.first() if contact.said_no or contact.double_deviation else None,
        "answered_at": _confirmable_since(contact),
        "points": list(complaint.points.order_by("position", "id")),
        "promises": list(
            Promise.objects.filter(complaint=complaint, withdrawn_at=None)
            .select_related("who", "moved_to").order_by("due_at", "id")
        ),
        "remedies": list(
            Remedy.objects.filter(complaint=complaint, dropped_at=None)
            .select_related("decided_by").order_by("decided_at", "id")
        ),
        "survey": last_survey(complaint),
        "check_back": CheckBack.objects.waiting().filter(complaint=complaint)
        .select_related("approved_by").first(),
    }  # fmt: skip


def _confirmable_since(contact: Contact) -> datetime | None:
    """Return after which answer a message may say "solved"; a no waits for a new answer."""
    if contact.is_closed or contact.said_no:
        return None
    return contact.talk().last_answer_at


def _earlier(contact: Contact, person: Person) -> list[Contact]:
    others = Contact.objects.visible_to(person).filter(customer=contact.customer_id)
    return list(
        others.exclude(pk=contact.pk).select_related("complaint")
        .order_by("-received_at", "-id")[:_EARLIER_SHOWN]
    )  # fmt: skip


def _holders() -> dict[str, list[Any]]:
    return {
        "people": list(
            Person.objects.get_queryset()
            .filter(is_active=True, handles=True)
            .order_by("name", "id")
        ),
        "teams": list(Team.objects.order_by("name", "id")),
    }
