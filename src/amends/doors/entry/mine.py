"""My sign-in: the password, the second factors, and where else one is signed in."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.doors.entry.asking import PersonRequest
from amends.doors.entry.looked import note_password
from amends.doors.entry.newcomer import PasswordField
from amends.ground import clock
from amends.records.joining.resetting import set_password, sign_out_elsewhere


class OwnPasswordForm(forms.Form):
    password = PasswordField(label=_("New password"))


@require_safe
@never_cache
@login_required
def page(request: PersonRequest) -> HttpResponse:
    kinds = Authenticator.Type
    mine = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "id"))
    of_kind = {kind: [one for one in mine if one.type == kind] for kind in kinds}
    codes = of_kind[kinds.RECOVERY_CODES]
    context = {
        "person": request.user,
        "app": of_kind[kinds.TOTP],
        "passkeys": of_kind[kinds.WEBAUTHN],
        "codes": codes,
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
        "has_second": bool(of_kind[kinds.TOTP] or of_kind[kinds.WEBAUTHN]),
    }
    return render(request, "entry/mine.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def change_password(request: PersonRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = OwnPasswordForm(request.POST if posted else None)
    if posted and form.is_valid():
        with transaction.atomic():
            set_password(request.user, form.cleaned_data["password"], at=clock.now())
            note_password(request, request.user)
        update_session_auth_hash(request, request.user)
        messages.info(request, gettext("Your new password holds. Elsewhere you are signed out."))
        return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, "entry/own_password.html", {"form": form}, status=422 if posted else 200)


@require_POST
@login_required
def leave_elsewhere(request: PersonRequest) -> HttpResponse:
    sign_out_elsewhere(request.user, at=clock.now())
    update_session_auth_hash(request, request.user)
    messages.info(request, gettext("You are signed in here only."))
    return HttpResponseRedirect(reverse("mfa_index"))
