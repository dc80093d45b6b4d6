"""How the desk answers a verb: back to the case, or the case again with what was typed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from amends.doors.desk.asking import DeskRequest
from amends.doors.desk.sentences import REFUSALS, sentence_for
from amends.ground import clock
from amends.records.complaints.models import Contact


def back_to(contact: Contact) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:case", args=[contact.reference]))


def act(
    request: DeskRequest,
    contact: Contact,
    verb: Callable[[datetime], Any],
    *,
    done: str = "",
) -> HttpResponse:
    """Call the verb and go back to the case; a refusal is said in a sentence there."""
    try:
        verb(clock.now())
    except REFUSALS as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        if done:
            messages.info(request, done)
    return back_to(contact)


def say_what_is_wrong(request: DeskRequest, contact: Contact, form: Form) -> HttpResponse:
    """Go back to the case with what the form says; for forms of buttons, nothing typed in them."""
    for problems in form.errors.values():
        messages.error(request, str(problems[0]))
    return back_to(contact)


def typed(
    request: DeskRequest,
    contact: Contact,
    form: Form,
    verb: Callable[[datetime], Any],
    *,
    name: str,
) -> HttpResponse:
    """Call the verb with what the form says; if it can't be, show it again, nothing lost."""
    from amends.doors.desk import case

    if form.is_valid():
        try:
            verb(clock.now())
        except REFUSALS as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            return back_to(contact)
    fresh = Contact.objects.select_related(
        "customer", "team", "person", "mailbox", "complaint"
    ).get(pk=contact.pk)
    return case.show(request, fresh, status=422, **{name: form})
