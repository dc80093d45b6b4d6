"""The demo lets people in without a password, so it lets in only this machine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

_THIS_MACHINE = {"127.0.0.1", "::1"}


def only_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO or request.META.get("REMOTE_ADDR") not in _THIS_MACHINE:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
