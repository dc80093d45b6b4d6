"""What narrows the list of who looked; it stands in the address."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.forms import DateField
from amends.records.complaints.models import Contact
from amends.records.looking.models import LookQuerySet, What
from amends.records.people.models import Person


class LooksForm(forms.Form):
    who = forms.ModelChoiceField(
        Person.objects.order_by("name", "id"), label=_("Who"), required=False,
        empty_label=_("anybody"),
    )  # fmt: skip
    what = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("anything")), *What.choices]
    )
    ref = forms.CharField(label=_("Reference"), max_length=20, required=False)
    whole = forms.BooleanField(label=_("all cases of that customer"), required=False)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)

    @property
    def narrowing(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, found: LookQuerySet) -> LookQuerySet:
        by = self.narrowing
        if self.errors:
            return found.none()
        if "who" in by:
            found = found.filter(person=by["who"])
        if "what" in by:
            found = found.filter(what=by["what"])
        if day := by.get("since"):
            found = found.filter(at__gte=_midnight(day))
        if day := by.get("until"):
            found = found.filter(at__lt=_midnight(day + timedelta(days=1)))
        return self._of(by["ref"], found) if "ref" in by else found

    def _of(self, typed: str, found: LookQuerySet) -> LookQuerySet:
        reference = typed.strip().upper()
        case = Contact.objects.filter(reference=reference).first()
        if case is None:
            # Of what the house keeps no longer there is the reference alone.
            return found.filter(reference=reference)
        if self.cleaned_data["whole"]:
            return found.filter(customer_key=case.customer_id)
        return found.of_case(case.pk, case.customer_id)


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
