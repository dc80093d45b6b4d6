"""The case: story, timeline, rail and next action, the customer beside it, reply and note apart."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from amends.doors.desk import editor, forms
from amends.doors.desk.asking import DeskRequest, at_the_desk, contact_seen_by, may_act
from amends.doors.desk.belonging import offers_seen_by
from amends.doors.desk.holders import holders
from amends.doors.desk.house_stance import stance_line
from amends.doors.desk.joined import followers_seen_by, joined_of
from amends.doors.desk.legal_hold_of_case import holds_over
from amends.doors.desk.looked import looked
from amends.doors.desk.meanwhile import meanwhile_of
from amends.doors.desk.next_words import next_words
from amends.doors.desk.notice import see_of_case
from amends.doors.desk.paraphrase import ASKED_FOR, paraphrase_of
from amends.doors.desk.point_forms import PointForm
from amends.doors.desk.strips import strips_of
from amends.doors.desk.survey import last_survey
from amends.doors.desk.telling import telling_forms
from amends.doors.desk.telling_undo import undoable_told
from amends.doors.desk.whose_forms import fresh_forms
from amends.ground import clock
from amends.records.aftercare.models import CheckBack
from amends.records.complaints.greeting import greeting_for
from amends.records.complaints.models import Complaint, Contact, Reopening
from amends.records.complaints.rail import rail_of
from amends.records.complaints.timeline import timeline_of
from amends.records.complaints.vocabulary import Channel
from amends.records.customers.models import EmailAddress, Representative
from amends.records.house.books import Books
from amends.records.looking.models import What
from amends.records.people.models import Person
from amends.records.promises.models import Promise
from amends.records.recovery.models import Remedy
from amends.records.writing.models import Draft

_EARLIER_SHOWN = 6


@require_safe
@at_the_desk
def page(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    see_of_case(request.user, contact)
    looked(request, What.CASE, contact=contact)
    return show(request, contact)


def show(
    request: DeskRequest, contact: Contact, *, status: int = 200, **bound: Form
) -> HttpResponse:
    """Show the case, with those forms that were typed into as they were."""
    complaint = contact.complaint_or_none()
    _read_once(contact, complaint)
    now = clock.now()
    followers = followers_seen_by(request.user, contact)
    timeline = timeline_of(contact, joined=followers)
    books = Books()
    context = _of_contact(contact, request, books) | {"complaint": complaint, "now": now}
    context |= paraphrase_of(contact) | {"offers": offers_seen_by(request.user, contact)}
    context |= {"timeline": timeline} | joined_of(contact, request.user, timeline, followers)
    context |= undoable_told(request, timeline, request.user, now)
    context |= strips_of(request, now) | meanwhile_of(request, contact, timeline)
    if complaint:
        context["stance_line"] = stance_line(request.house)
        context |= _of_complaint(complaint, [contact, *followers])
        context["rail"] = rail_of(complaint, books, language=request.LANGUAGE_CODE)
        if not context["check_back"]:
            context["asks_at"] = editor.check_back_proposed(request, now)
    context |= _of_editor(request, contact, bound, context.get("asks_at"))
    context["forms"] = _forms(contact, books, {**context.pop("fresh"), **bound})
    return render(request, "desk/case.html", context, status=status)


def _read_once(contact: Contact, complaint: Complaint | None) -> None:
    """Read what several parts of the page ask for: addresses in their order, and points."""
    prefetch_related_objects(
        [contact.customer],
        Prefetch("addresses", EmailAddress.objects.order_by("id")),
        Prefetch("representatives", Representative.objects.order_by("id")),
    )
    if complaint:
        prefetch_related_objects([complaint], "points")


def _of_contact(contact: Contact, request: DeskRequest, books: Books) -> dict[str, Any]:
    return {
        "contact": contact,
        "customer": contact.customer,
        "next_words": next_words(contact, books, request.LANGUAGE_CODE),
        "addresses": list(contact.customer.addresses.all()),
        "phones": list(contact.customer.phones.order_by("id")),
        "accounts": list(contact.customer.accounts.order_by("id")),
        "representatives": list(contact.customer.representatives.all()),
        "earlier": _earlier(contact, request.user),
        **holds_over(contact),
        "holders": holders(),
        "may_act": may_act(request.user),
        "in_person": contact.channel in {Channel.PHONE, Channel.COUNTER},
    }


def _of_editor(
    request: DeskRequest, contact: Contact, bound: dict[str, Form], asks_at: dict[str, str] | None
) -> dict[str, Any]:
    """Make the editor's forms; without scripts it is an address that opens what a fix needs."""
    drafts = editor.drafts_of(contact, request.user)
    put_right = "put-right" in request.GET
    reply = editor.reply_form(
        contact, request.user, draft=drafts.get(Draft.What.REPLY),
        proposed=asks_at if put_right else None, house=request.house,
    )  # fmt: skip
    address = contact.address_of_customer()
    panel = _open_panel(bound, drafts, has_address=bool(address))
    # What was typed is shown even if it can't be sent any more: it was closed meanwhile.
    typed = not {"reply", "call", "letter"}.isdisjoint({*bound, *drafts})
    closed = (contact.is_complaint and contact.is_closed) or contact.awaits_sender
    can_be_answered = may_act(request.user) and not contact.merged_into_id and (typed or not closed)
    return {
        "address": address,
        "has_address": "reply" in bound or bool(address),
        "can_be_answered": can_be_answered,
        "editor": panel if can_be_answered else "note",
        "put_right": put_right,
        "begins_understood": ASKED_FOR in request.GET,
        "drafts": drafts,
        "saved_names": editor.saved_names(request.user),
        "fresh": {
            "reply": reply,
            "note": editor.note_form(drafts.get(Draft.What.NOTE)),
            **telling_forms(
                contact,
                points=reply.open_points,
                greeting=greeting_for(contact, request.house),
                drafts=drafts,
            ),
        },
    }


def _open_panel(bound: dict[str, Form], drafts: dict[str, Draft], *, has_address: bool) -> str:
    """Return which of the editor's panels is open: the one that was typed into, else the usual."""
    typed_into = next((name for name in ("reply", "call", "letter", "note") if name in bound), "")
    mine = [draft for what, draft in drafts.items() if what in {"call", "letter", "reply"}]
    if not has_address:
        mine = [draft for draft in mine if draft.what != Draft.What.REPLY]
    last = max(mine, key=lambda draft: draft.at, default=None)
    return typed_into or (last.what if last else "reply" if has_address else "call")


def _forms(contact: Contact, books: Books, bound: dict[str, Form]) -> dict[str, Form | None]:
    """Make every form of the page; one that was typed into takes the place of its fresh self."""
    fresh: dict[str, Form | None] = {
        "customer_form": forms.CustomerForm(
            prefix="customer",
            initial={"form": contact.customer.form, "vocative": contact.customer.vocative},
        ),
        **fresh_forms(contact.customer),
        "next_form": forms.NextForm(prefix="next", initial=_next_initial(contact)),
        "move": None,
        "reworded": None,
    }
    complaint = contact.complaint_or_none()
    if complaint:
        understood = [name for name in forms.UnderstandingForm.base_fields if name != "evidence"]
        fresh |= {
            "point": PointForm(prefix="point"),
            "promise": forms.PromiseForm(prefix="promise"),
            "remedy": forms.RemedyForm(prefix="remedy"),
            "closing": forms.ClosingForm(prefix="closing"),
            "understanding": forms.UnderstandingForm(
                prefix="understanding",
                books=books,
                keeping=complaint.playbook,
                initial={name: getattr(complaint, name) for name in understood},
            ),
        }
    return fresh | bound


def _next_initial(contact: Contact) -> dict[str, object]:
    if contact.next_at is None:
        return {}
    local = timezone.localtime(contact.next_at)
    return {"text": contact.next_text, "date": local.date(), "time": local.time()}


def _of_complaint(complaint: Complaint, one_case: list[Contact]) -> dict[str, Any]:
    contact = complaint.contact
    points = complaint.standing_points()
    refused = Reopening.objects.filter(contact__in=one_case, not_solved=True)
    refused = refused.order_by("-at", "-id")
    return {
        "said_no": refused.first() if contact.said_no or contact.double_deviation else None,
        "answered_at": _confirmable_since(contact),
        "finding": complaint.findings.order_by("-at", "-id").first(),
        "points": points,
        "points_answered": sum(1 for point in points if point.answered_at),
        "promises": list(
            Promise.objects.filter(complaint__contact__in=one_case, withdrawn_at=None)
            .select_related("who", "moved_to", "complaint__contact").order_by("due_at", "id")
        ),
        "remedies": list(
            Remedy.objects.filter(complaint__contact__in=one_case, dropped_at=None)
            .select_related("decided_by", "complaint__contact").order_by("decided_at", "id")
        ),
        "survey": last_survey(complaint),
        "check_back": CheckBack.objects.waiting().filter(complaint=complaint)
        .select_related("approved_by").first(),
    }  # fmt: skip


def _confirmable_since(contact: Contact) -> datetime | None:
    """Return after which answer a message may say "solved"; a no waits for a new answer."""
    if contact.is_closed or contact.said_no:
        return None
    return contact.last_answer_at()


def _earlier(contact: Contact, person: Person) -> list[Contact]:
    others = Contact.objects.visible_to(person).filter(customer=contact.customer_id)
    return list(
        others.exclude(pk=contact.pk).select_related("complaint")
        .order_by("-received_at", "-id")[:_EARLIER_SHOWN]
    )  # fmt: skip
