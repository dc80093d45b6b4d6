from django.http import HttpResponse
from django.views.decorators.http import require_POST

from amends.doors.desk.answers import typed
from amends.doors.desk.asking import DeskRequest, contact_seen_by, who_answers
from amends.doors.desk.forms import CustomerForm


@require_POST
@who_answers
def update(request: DeskRequest, reference: str) -> HttpResponse:
    contact = contact_seen_by(request.user, reference)
    form = CustomerForm(request.POST, prefix="customer")
    return typed(
        request, contact, form, name="customer_form",
        verb=lambda _at: contact.customer.address_as(**form.cleaned_data),
    )  # fmt: skip
