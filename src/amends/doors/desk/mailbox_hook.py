"""The address at which a provider hands a mailbox's mail over: opened, renewed, closed."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.doors.desk.asking import DeskRequest, at_the_house
from amends.doors.desk.house_frame import is_typed, only_who_sets, show
from amends.ground import clock
from amends.records.post.models import Hook, Mailbox


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_house
def page(request: DeskRequest, key: str) -> HttpResponse:
    mailbox = get_object_or_404(Mailbox.objects.select_related("hook"), pk=key)
    if is_typed(request, "house_mail"):
        Hook.objects.open(mailbox, by=request.user, at=clock.now())
        messages.info(request, _("The address is made. Copy it to your provider."))
        return HttpResponseRedirect(reverse("desk:house_hook", args=[mailbox.pk]))
    hook = getattr(mailbox, "hook", None)
    context = {
        "mailbox": mailbox,
        "hook": hook,
        "address": _address(hook) if hook else "",
        "now": clock.now(),
    }
    return show(request, "house_mail", "hook", context)


@require_POST
@at_the_house
def gone(request: DeskRequest, key: str) -> HttpResponse:
    only_who_sets(request, "house_mail")
    hook = get_object_or_404(Hook.objects.select_related("mailbox"), mailbox=key)
    hook.close(by=request.user, at=clock.now())
    messages.info(request, _("The address takes nothing any more."))
    return HttpResponseRedirect(reverse("desk:house_hook", args=[key]))


def _address(hook: Hook) -> str:
    return settings.HOUSE_URL.rstrip("/") + reverse("mail_hook", args=[hook.token])
