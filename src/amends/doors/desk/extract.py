"""A copy of all that is held on a customer, for whoever asks for it by law."""

from django.contrib import messages
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.extract_archive import archive
from amends.doors.desk.looked import taken
from amends.doors.desk.sentences import sentence_for
from amends.ground import clock
from amends.records.customers.models import Customer
from amends.records.people.models import Person
from amends.records.retention import erasing, extract


@require_POST
@at_the_house
def take(request: DeskRequest, key: str) -> HttpResponseBase:
    customer = get_object_or_404(erasing.within_reach_of(request.user), pk=key)
    try:
        extract.must_be_for(request.user, customer)
    except erasing.ErasingRefused as refusal:
        messages.error(request, sentence_for(refusal))
        return HttpResponseRedirect(reverse("desk:customer_erasing", args=[key]))
    now = clock.now()
    taken(request, customer=customer, found=customer.contacts.count())
    copy = extract.Copy(customer, inside="inside" in request.POST)
    answer = StreamingHttpResponse(
        archive(copy, request.house, now), content_type="application/zip"
    )
    answer["Content-Disposition"] = f'attachment; filename="held-{now:%Y-%m-%d}.zip"'
    return answer


def may_be_taken(person: Person, customer: Customer) -> bool:
    try:
        extract.must_be_for(person, customer)
    except erasing.ErasingRefused:
        return False
    return True
