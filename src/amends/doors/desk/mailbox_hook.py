"""The address at which a provider hands a mailbox's mail over: opened, renewed, closed."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_who_sets, show
from amends.ground import clock
from amends.records.post.models import Hook, Mailbox
from amends.records.post.models.hook import Signer
from amends.records.post.signing_keys import sendgrid_key


class KeyForm(forms.Form):
    signer = forms.ChoiceField(
        label=gettext_lazy("Who signs"), required=False,
        choices=[("", gettext_lazy("nobody: the address is secret enough")), *Signer.choices],
    )  # fmt: skip
    key = forms.CharField(
        label=gettext_lazy("Key of the signatures"), max_length=1000, required=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text=gettext_lazy(
            "At Mailgun the HTTP webhook signing key, at SendGrid the verification key."
        ),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        signer, key = said.get("signer"), said.get("key", "")
        if signer and not key:
            self.add_error("key", _("Without its key nothing can be checked."))
        elif signer == Signer.SENDGRID:
            try:
                sendgrid_key(key)
            except ValueError:
                self.add_error("key", _("This is no public key of SendGrid."))
        return said


@require_POST
@at_the_house
def key(request: DeskRequest, key: str) -> HttpResponse:
    """Set whose signature everything that comes by the address has to bear."""
    only_who_sets(request, "house_mail")
    hook = get_object_or_404(Hook.objects.select_related("mailbox"), mailbox=key)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _show(request, hook.mailbox, hook, form, status=422)
    said = form.cleaned_data
    hook.believe_only(said["signer"], said["key"], by=request.user, at=clock.now())
    messages.info(
        request,
        _("From now on only what is signed comes in.") if said["signer"]
        else _("Signatures are not looked at any more."),
    )  # fmt: skip
    return HttpResponseRedirect(reverse("desk:house_hook", args=[key]))


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest, key: str) -> HttpResponse:
    mailbox = get_object_or_404(Mailbox.objects.select_related("hook"), pk=key)
    if is_typed(request, "house_mail"):
        Hook.objects.open(mailbox, by=request.user, at=clock.now())
        messages.info(request, _("The address is made. Copy it to your provider."))
        return HttpResponseRedirect(reverse("desk:house_hook", args=[mailbox.pk]))
    hook = getattr(mailbox, "hook", None)
    form = KeyForm(initial={"signer": hook.signer}) if hook else None
    return _show(request, mailbox, hook, form)


@require_POST
@at_the_house
def gone(request: DeskRequest, key: str) -> HttpResponse:
    only_who_sets(request, "house_mail")
    hook = get_object_or_404(Hook.objects.select_related("mailbox"), mailbox=key)
    hook.close(by=request.user, at=clock.now())
    messages.info(request, _("The address takes nothing any more."))
    return HttpResponseRedirect(reverse("desk:house_hook", args=[key]))


def _show(
    request: DeskRequest, mailbox: Mailbox, hook: Hook | None, form: KeyForm | None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "mailbox": mailbox,
        "hook": hook,
        "form": form,
        "address": _address(hook) if hook else "",
        "now": clock.now(),
    }
    return show(request, "house_mail", "hook", context, status=status)


def _address(hook: Hook) -> str:
    return settings.HOUSE_URL.rstrip("/") + reverse("mail_hook", args=[hook.token])
