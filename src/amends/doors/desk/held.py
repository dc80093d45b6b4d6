"""Mail that the flood brake holds: who leads or administers lets it go or discards it."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amends.doors.desk.answers import back_to
from amends.doors.desk.asking import DeskRequest, at_the_house, contact_seen_by
from amends.ground import clock
from amends.records.people.models import Person
from amends.records.post import brake, holding
from amends.records.post.models import Outgoing

WHY = {
    brake.ONE: _("Too many to one address within an hour"),
    brake.CASE: _("Too many on one case within an hour"),
    brake.HOUSE: _("Too many from the whole house within an hour"),
}


@require_safe
@at_the_house
def page(request: DeskRequest) -> HttpResponse:
    held = Outgoing.objects.held()
    counts = held.order_by("held_why").values_list("held_why").annotate(count=Count("id"))
    total = sum(count for _why, count in counts)
    context = {
        "now": clock.now(),
        "mails": held[: holding.BATCH],
        "reasons": [(WHY[why], count) for why, count in counts],
        "total": total,
        "batch": min(total, holding.BATCH),
    }
    return render(request, "desk/held/page.html", context)


@require_POST
@at_the_house
def let_go(request: DeskRequest) -> HttpResponse:
    count = holding.let_go(by=request.user, at=clock.now())
    done = ngettext("%(count)s mail goes out now.", "%(count)s mails go out now.", count)
    messages.info(request, done % {"count": count})
    return HttpResponseRedirect(reverse("desk:held"))


@require_POST
@at_the_house
def discard(request: DeskRequest) -> HttpResponse:
    count = holding.discard(by=request.user, at=clock.now())
    done = ngettext("%(count)s mail is discarded.", "%(count)s mails are discarded.", count)
    messages.info(request, done % {"count": count})
    return HttpResponseRedirect(reverse("desk:held"))


@require_POST
@at_the_house
def one(request: DeskRequest, reference: str, key: str) -> HttpResponse:
    """Send or discard a mail where it stands in its case."""
    contact = contact_seen_by(request.user, reference)
    mail = get_object_or_404(contact.messages.exclude(outgoing=None), pk=key).outgoing_id
    verb = holding.discard if request.POST.get("what") == "discard" else holding.let_go
    if not verb(by=request.user, at=clock.now(), only=mail):
        messages.error(request, _("It isn’t held any more. Nothing was changed."))
    return back_to(contact)


def held_for(person: Person) -> int:
    """Count what waits for a look; nobody else is asked."""
    may = person.leads or person.administers
    return Outgoing.objects.held().count() if may else 0
