"""A test mail to a mailbox of the house: how it went out, and whether it came in again."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, show
from amends.ground import clock
from amends.records.house.models import House
from amends.records.joining.letters import write_to
from amends.records.post.models import BadAddress, Mailbox, OutgoingState, Trial

# Most come in seconds; a provider that lists new senders grey takes minutes.
_USUAL = timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest, key: str) -> HttpResponse:
    mailbox = get_object_or_404(Mailbox, pk=key)
    if not is_typed(request, "house_mail"):
        return show(request, "house_mail", "trial", {"mailbox": mailbox, **_state(mailbox)})
    try:
        mail = write_to(
            mailbox.address, House.objects.current().name, "test_mail", request.LANGUAGE_CODE,
            thread=mailbox.id, at=clock.now(),
        )  # fmt: skip
    except BadAddress:
        messages.error(request, _("No letter can be sent to this address."))
    else:
        Trial.objects.begin(mailbox, mail, at=clock.now())
    return HttpResponseRedirect(reverse("desk:house_trial", args=[mailbox.pk]))


def _state(mailbox: Mailbox) -> dict[str, Any]:
    trial = Trial.objects.filter(mailbox=mailbox).select_related("mail").first()
    took, now = trial.took() if trial else None, clock.now()
    is_over = trial is not None and (
        took is not None or (trial.mail is not None and trial.mail.state == OutgoingState.REFUSED)
    )
    return {
        "trial": trial,
        "mail": trial.mail if trial else None,
        "took": max(0, int(took.total_seconds())) if took else None,
        "waits": trial is not None and not is_over,
        "is_late": trial is not None and now - trial.begun_at > _USUAL,
        "now": now,
    }
