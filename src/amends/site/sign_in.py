"""Signing in is for people who were taken in; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, _request: Any) -> bool:
        return False
