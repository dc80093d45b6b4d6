"""The customer's phone in the tour: her mail, as it came, and the links in it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.doors.demo import letters
from amends.doors.demo.guard import only_here
from amends.doors.demo.watch import tour_of
from amends.ground import clock


@require_safe
@only_here
def page(request: HttpRequest) -> HttpResponse:
    """Her mailbox; the latest letter stands open, as she would have opened it."""
    tour = tour_of(request)
    if tour is None:
        raise Http404
    # The links lead to the name under which the page was opened, or the frame would refuse them.
    here = f"{request.scheme}://{request.get_host()}"
    received = [
        {
            "letter": one.letter,
            "from_name": one.letter.sender.name if one.letter.sender else "",
            "text": one.letter.text.replace(settings.HOUSE_URL, here),
        }
        for one in letters.received_by(tour.address)
    ]
    return render(request, "demo/phone.html", {"received": received, "now": clock.now()})
