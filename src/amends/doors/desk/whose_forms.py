"""What the questions of whose a case is take in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.records.customers.models import Customer

_ADDRESS = 254


class SenderForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.EmailField(label=_("E-mail"), max_length=_ADDRESS)


class WritesForForm(forms.Form):
    name = forms.CharField(label=_("Name of the customer"), max_length=200)
    address = forms.EmailField(label=_("Their e-mail"), max_length=_ADDRESS, required=False)
    phone = forms.CharField(label=_("Their phone"), max_length=40, required=False)
    relation = forms.CharField(label=_("Who the sender is to them"), max_length=80, required=False)


class RepresentativeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.EmailField(label=_("E-mail"), max_length=_ADDRESS)
    relation = forms.CharField(
        label=_("Who they are to the customer"), max_length=80, required=False
    )


def fresh_forms(customer: Customer) -> dict[str, Any]:
    """Return the forms of the customer's column as they begin."""
    return {
        "sender_form": SenderForm(prefix="sender", initial={"name": customer.name}),
        "writes_for_form": WritesForForm(prefix="for"),
        "representative_form": RepresentativeForm(prefix="representative"),
    }
