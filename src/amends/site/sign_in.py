"""Signing in is for people who were taken in; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password don’t belong together."),
        "too_many_login_attempts": _("Too many tries. Wait some minutes, then try again."),
    }

    def is_open_for_signup(self, _request: Any) -> bool:
        return False

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """Let nobody in who has left, and say no more to them than of a wrong password."""
        person = super().authenticate(request, **credentials)
        return person if person and person.is_active else None
