"""Somebody who comes in chooses a password or makes a passkey, and is signed in with it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.webauthn.internal.auth import WebAuthn, begin_registration
from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.doors.entry.looked import note_sign_in
from amends.doors.entry.passkey_forms import NewcomerPasskeyForm
from amends.records.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_KEY = "newcomer"
Join = Callable[[str | None, uuid.UUID | None], Person]


class PasswordField(forms.CharField):
    """A new password; what is wrong with it is said in a sentence, and it is never shown again."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Password"))
        more.setdefault("help_text", _("Ten characters or more; a short sentence is fine."))
        more.setdefault("widget", forms.PasswordInput(attrs={"autocomplete": "new-password"}))
        super().__init__(max_length=200, strip=False, **more)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and "\0" in value:
            raise ValidationError(_("This password has a sign in it that none can have."))
        if value:
            try:
                validate_password(value)
            except ValidationError as weak:
                raise ValidationError(_sentences(weak)) from weak


def _sentences(weak: ValidationError) -> list[str]:
    said = {
        "password_too_short": gettext("Ten characters or more, so that nobody guesses it."),
        "password_too_common": gettext("Many people use this one. Choose another."),
    }
    return [said.get(error.code or "", " ".join(error.messages)) for error in weak.error_list]


class NewcomerForm(forms.Form):
    """Either a password, or what the browser has made as a passkey."""

    password = PasswordField(required=False)
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("password") and not data.get("credential"):
            self.add_error("password", _("Choose a password, or make a passkey."))
        return data


@dataclass(frozen=True)
class Newcomer:
    """Who is about to come in; the key is drawn before, since a passkey is made for it."""

    request: HttpRequest
    name: str
    email: str

    def options(self) -> dict[str, Any]:
        """Return what the browser needs to make a passkey, and remember for whom."""
        key = self._key() or uuid.uuid4()
        self.request.session[_KEY] = str(key)
        options: dict[str, Any] = begin_registration(self._person(key), passwordless=True)
        return options

    def comes_in(self, form: NewcomerForm, join: Join) -> Person | None:
        """Take them in and sign them in; None where the passkey isn't one, which the form says."""
        if form.cleaned_data["credential"]:
            return self._with_passkey(form, join)
        person = join(form.cleaned_data["password"], None)
        self._sign_in(person, method="password")
        return person

    def _with_passkey(self, form: NewcomerForm, join: Join) -> Person | None:
        key = self._key()
        made = NewcomerPasskeyForm(
            user=self._person(key or uuid.uuid4()),
            data={"credential": form.cleaned_data["credential"]},
        )
        if key is None or not made.is_valid():
            form.add_error(None, _("The passkey didn’t arrive. Try again, or choose a password."))
            return None
        with transaction.atomic():
            person = join(None, key)
            name, credential = made.cleaned_data["name"], made.cleaned_data["credential"]
            WebAuthn.add(person, name, credential)
        self._sign_in(person, method="mfa", type="webauthn", passwordless=True)
        return person

    def _key(self) -> uuid.UUID | None:
        kept = self.request.session.get(_KEY)
        return uuid.UUID(kept) if kept else None

    def _person(self, key: uuid.UUID) -> Person:
        return Person(id=key, name=self.name, email=self.email)

    def _sign_in(self, person: Person, **how: Any) -> None:
        self.request.session.pop(_KEY, None)
        login(self.request, person, backend=BACKEND)
        note_sign_in(self.request, person)
        record_authentication(self.request, person, reauthenticated=True, **how)
