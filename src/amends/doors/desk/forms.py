"""What the desk's forms take in; each turns into the arguments of one verb."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.doors.desk.playbook_forms import choices_for
from amends.records.answering.answer import Answer, Promised, PutRight
from amends.records.complaints.vocabulary import Fault, Kind, Reason, Trust, Wish
from amends.records.customers.models import Customer
from amends.records.house.books import Books
from amends.records.house.knowledge import CURRENCIES
from amends.records.people.models import Person, Team

_END_OF_DAY = time(23, 59, 59)
_YEARS = range(2000, 2100)
CURRENCY_CHOICES = [(code, code) for code in CURRENCIES]


def moment(day: date | None, hour: time | None) -> datetime | None:
    """Return the last moment of what a day and an hour say, in the house's time."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, hour or _END_OF_DAY))


class DateField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        # A slip of the keyboard; and at the ends of the calendar no time zone can be reckoned.
        if day and day.year not in _YEARS:
            raise forms.ValidationError(_("Check the year of this date."))
        return day


class TimeField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PointsField(forms.MultipleChoiceField):
    """Open points; one that a colleague answered meanwhile is no reason to hold a reply up."""

    def clean(self, value: Any) -> list[str]:
        known = {str(key) for key, _text in self.choices}  # type: ignore[union-attr, misc]
        return [key for key in value or [] if key in known]


def typed_as(answer: Answer) -> dict[str, Any]:
    """Return what was typed into the reply's form to make this answer."""
    typed: dict[str, Any] = {"text": answer.text, "points": list(answer.points_answered)}
    if answer.promises:
        due_at = timezone.localtime(answer.promises[0].due_at)
        typed |= {
            "promise": answer.promises[0].what,
            "promise_date": due_at.date(),
            "promise_time": None if due_at.time() == _END_OF_DAY else due_at.time(),
        }
    if answer.remedies:
        fix = answer.remedies[0]
        typed |= {"remedy": fix.what, "cost": fix.cost, "currency": fix.currency}
        typed["gesture"] = fix.gesture
    if answer.check_back_at:
        ask_at = timezone.localtime(answer.check_back_at)
        typed |= {"check_back_date": ask_at.date(), "check_back_time": ask_at.time()}
    if answer.asks_understood:
        typed["paraphrase"] = True
    return typed


class PromisingForm(forms.Form):
    """What is said may promise something: what and by when, both or neither."""

    promise = forms.CharField(label=_("Promise"), max_length=200, required=False)
    promise_date = DateField(label=_("By"), required=False)
    promise_time = TimeField(label=_("Time"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("promise") and not data.get("promise_date"):
            self.add_error("promise_date", _("A promise needs a date."))
        if data.get("promise_date") and not data.get("promise"):
            self.add_error("promise", _("Say what you promise by then."))
        return data

    def promises(self) -> tuple[Promised, ...]:
        due_at = moment(self.cleaned_data["promise_date"], self.cleaned_data["promise_time"])
        return (Promised(self.cleaned_data["promise"], due_at),) if due_at else ()


class ReplyForm(PromisingForm):
    text = forms.CharField(label=_("Reply"), max_length=50_000, strip=False)
    remedy = forms.CharField(label=_("What puts it right"), max_length=200, required=False)
    cost = forms.DecimalField(
        label=_("Cost"), min_value=Decimal(0), max_digits=10, decimal_places=2, required=False,
        localize=True,
    )  # fmt: skip
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES, required=False)
    gesture = forms.BooleanField(label=_("A gesture beyond the fix"), required=False)
    delivered = forms.BooleanField(label=_("Done already"), required=False)
    check_back_date = DateField(label=_("Ask whether it is solved"), required=False)
    check_back_time = TimeField(label=_("Time"), required=False, initial="10:00")
    points = PointsField(required=False)
    paraphrase = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, points: list[tuple[str, str]], greeting: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.greeting, self.open_points = greeting.strip(), points
        self.fields["points"].choices = points  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("cost") is not None and not data.get("remedy"):
            self.add_error("remedy", _("Say what puts it right."))
        return data

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        # The greeting stands there from the start: sent alone it is a key pressed by mistake.
        if text.strip() == self.greeting:
            raise forms.ValidationError(_("There is nothing written yet."))
        return text

    def answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(
            text=data["text"],
            promises=self.promises(),
            remedies=(self._put_right(),) if data["remedy"] else (),
            check_back_at=moment(data["check_back_date"], data["check_back_time"] or time(10)),
            points_answered=tuple(data["points"]),
            asks_understood=data.get("paraphrase", False),
        )

    def _put_right(self) -> PutRight:
        data = self.cleaned_data
        return PutRight(
            what=data["remedy"],
            cost=data["cost"],
            currency=(data["currency"] or CURRENCIES[0]) if data["cost"] is not None else "",
            gesture=data["gesture"],
            delivered=data["delivered"],
        )


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note inside"), max_length=20_000)


class DueForm(forms.Form):
    date = DateField(label=_("By"))
    time = TimeField(label=_("Time"), required=False)

    def due_at(self) -> datetime:
        due_at = moment(self.cleaned_data["date"], self.cleaned_data["time"])
        assert due_at is not None  # noqa: S101 -- the date is required
        return due_at


class PromiseForm(DueForm):
    what = forms.CharField(label=_("What"), max_length=200)


class MoveForm(DueForm):
    why = forms.CharField(label=_("Why, as the customer reads it"), max_length=300)


class RemedyForm(forms.Form):
    what = forms.CharField(label=_("What puts it right"), max_length=200)
    cost = forms.DecimalField(
        label=_("Cost"), min_value=Decimal(0), max_digits=10, decimal_places=2, required=False,
        localize=True,
    )  # fmt: skip
    currency = forms.ChoiceField(choices=CURRENCY_CHOICES, required=False)
    gesture = forms.BooleanField(label=_("A gesture beyond the fix"), required=False)


class UnderstandingForm(forms.Form):
    goal = forms.CharField(label=_("Goal, in the customer’s words"), max_length=160)
    wish = forms.ChoiceField(
        label=_("Wish"), choices=[("", _("not said")), *Wish.choices], required=False
    )
    wish_words = forms.CharField(
        label=_("Wish, in the customer’s words"), max_length=300, required=False
    )
    expected = forms.CharField(label=_("Expected"), max_length=300, required=False)
    got = forms.CharField(label=_("Got"), max_length=300, required=False)
    fault = forms.ChoiceField(label=_("Fault"), choices=Fault.choices)
    evidence = forms.CharField(label=_("What shows it"), max_length=500, required=False)
    trust = forms.ChoiceField(
        label=_("Trust"), choices=[("", _("nothing noticed")), *Trust.choices], required=False
    )
    severity = forms.IntegerField(label=_("Severity"), min_value=1, max_value=4)
    cannot_describe = forms.BooleanField(required=False)
    facts_contradict = forms.BooleanField(required=False)
    case_cause = forms.CharField(
        label=_("What went wrong here"), max_length=2_000, required=False, widget=forms.Textarea
    )
    playbook = forms.ChoiceField(label=_("Playbook"), required=False)

    def __init__(self, *args: Any, books: Books, keeping: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["playbook"]).choices = choices_for(books, keeping)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # A form that was open before there was a choice leaves it as it is.
        if self.add_prefix("playbook") not in self.data:
            data.pop("playbook", None)
        return data


class CustomerForm(forms.Form):
    form = forms.ChoiceField(label=_("Form of address"), choices=Customer.Form.choices)
    vocative = forms.CharField(label=_("Addressed as"), max_length=120, required=False)


class NextForm(DueForm):
    text = forms.CharField(label=_("Next action"), max_length=200, required=False)


class ClosingForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("How"), choices=[("on_the_spot", _("solved on the spot")), *Reason.choices]
    )
    why = forms.CharField(label=_("Why"), max_length=2_000)


class VerdictForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[one for one in Kind.choices if one[0] != Kind.UNDECIDED],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            _("Choose what it is: a complaint, a question or nothing."),
        ),
    )


class HandsForm(forms.Form):
    """Whose it shall be: one who answers, or a team's queue."""

    to = forms.CharField(error_messages={"required": _("Choose a colleague or a team.")})
    why = forms.CharField(required=False)

    def clean_to(self) -> dict[str, Person | Team]:
        kind, _sep, key = self.cleaned_data["to"].partition(":")
        answering = Person.objects.get_queryset().filter(is_active=True, handles=True)
        try:
            if kind == "person":
                return {kind: answering.get(pk=key)}
            return {"team": Team.objects.get(pk=key if kind == "team" else "")}
        except (ObjectDoesNotExist, ValidationError) as nobody:
            raise forms.ValidationError(_("Choose a colleague or a team.")) from nobody


class NamedForm(forms.Form):
    named = forms.UUIDField(
        error_messages=dict.fromkeys(("required", "invalid"), _("Choose a colleague."))
    )


class DeliveryForm(forms.Form):
    proof = forms.CharField(required=False)


class ConfirmationForm(forms.Form):
    message = forms.UUIDField()
