"""Where a stranger's mail may belong: joined with the case that it names, or a case of its own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import act, back_to, say_what_is_wrong
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.records.complaints import belonging
from amends.records.complaints.models import Belonging, Contact
from amends.records.complaints.models.belonging import BelongingQuerySet
from amends.records.complaints.vocabulary import Channel
from amends.records.people.models import Person


class JoinForm(forms.Form):
    offer = forms.UUIDField()
    relation = forms.CharField(max_length=80, required=False)


@require_POST
@who_answers
def join(request: DeskRequest, reference: str) -> HttpResponse:
    """Let the mail go on with the case that it names."""
    contact = contact_seen_by(request.user, reference)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return say_what_is_wrong(request, contact, form)
    key, relation = form.cleaned_data["offer"], form.cleaned_data["relation"]
    offers = Belonging.objects.seen_by(request.user).select_related("case__merged_into")
    offer = get_object_or_404(offers, pk=key, contact=contact)
    offer.contact = contact

    def verb(at: datetime) -> None:
        belonging.join(offer, by=request.user, at=at, relation=relation)
        text = _("%(reference)s is merged into this case.") % {"reference": contact.reference}
        undo = reverse("desk:merge_undo", args=[contact.reference])
        messages.info(request, text, f"undo {undo}")

    answer = act(request, contact, verb)
    return back_to(contact.merged_into) if contact.merged_into else answer


@require_POST
@who_answers
def stand_alone(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    return act(
        request, contact, lambda at: belonging.stand_alone(contact, by=request.user, at=at),
        done=_("It stays a case of its own."),
    )  # fmt: skip


def offers_seen_by(person: Person, contact: Contact) -> list[Belonging]:
    """Return where the contact may belong, as far as the person may see it."""
    if contact.channel != Channel.MAIL or contact.is_closed or contact.merged_into_id:
        return []
    return list(_with_cases(Belonging.objects.open().filter(contact=contact).seen_by(person)))


def with_offers(contacts: list[Contact], person: Person) -> list[Contact]:
    """Give each contact the first of its offers that the person may see, by one query."""
    offers = _with_cases(Belonging.objects.open().filter(contact__in=contacts).seen_by(person))
    first = _first_of_each(offers)
    for contact in contacts:
        contact.offer = first.get(contact.pk)  # type: ignore[attr-defined]
    return contacts


def _first_of_each(offers: Sequence[Belonging] | BelongingQuerySet) -> dict[UUID, Belonging]:
    return {offer.contact_id: offer for offer in reversed(list(offers))}


def _with_cases(offers: BelongingQuerySet) -> BelongingQuerySet:
    return offers.select_related(
        "case__customer", "case__complaint", "case__merged_into__customer",
        "case__merged_into__complaint",
    )  # fmt: skip
