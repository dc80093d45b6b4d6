"""Status: what, who, by when; opening it does nothing, buttons act."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.doors.portal.asking import behind_a_link
from amends.doors.portal.forms import MessageForm
from amends.ground import clock
from amends.records.answering.standing import standing_of
from amends.records.complaints.models import Contact


@require_safe
@behind_a_link
def page(request: HttpRequest, contact: Contact, token: str) -> HttpResponse:
    return show(request, contact, token)


def show(
    request: HttpRequest,
    contact: Contact,
    token: str,
    *,
    status: int = 200,
    form: Form | None = None,
    words: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "standing": standing_of(contact, at=clock.now()),
        "token": token,
        "form": form or MessageForm(),
        "words": words,
    }
    return render(request, "portal/status.html", context, status=status)
