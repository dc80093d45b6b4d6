"""Signing in is for people who were taken in; nobody signs up by themselves."""

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.ground.sealing import reseal, seal, unseal
from amends.records.house.models import House
from amends.records.looking.models import What
from amends.site.coming_in import came_in, meant_by

_PURPOSE = "second factor"
# Where allauth keeps what its adapter has sealed.
_SEALED = ("secret", "seed", "migrated_codes")


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password don’t belong together."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Wait some minutes, then try again."),
    }

    def is_open_for_signup(self, _request: Any) -> bool:
        return False

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """Let nobody in who has left, and say no more to them than of a wrong password."""
        person = super().authenticate(request, **credentials)
        return person if person and person.is_active else None

    def post_login(self, request: Any, user: Any, **more: Any) -> Any:
        came_in(request, What.SIGN_IN, user)
        return super().post_login(request, user, **more)

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        typed = str(credentials.get("email", ""))
        came_in(request, What.SIGN_IN_FAILED, meant_by(typed))
        super().authentication_failed(request, **credentials)

    def logout(self, request: Any) -> None:
        came_in(request, What.SIGN_OUT, request.user)
        super().logout(request)

    def add_message(
        self, request: Any, level: Any, message_template: Any = None,
        message_context: Any = None, extra_tags: str = "", message: Any = None,
    ) -> None:  # fmt: skip
        """Say what can't be done; what has been done the page shows by itself."""
        if message is not None:
            super().add_message(
                request, level, message_template, message_context, extra_tags, message
            )


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code, or it has changed meanwhile. Try the next."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=_PURPOSE)

    def get_totp_issuer(self) -> str:
        return House.objects.current().name

    def _get_site_name(self) -> str:
        return House.objects.current().name

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 -- allauth's
        number = user.authenticator_set.filter(type=type).count() if user.pk else 0
        return gettext("Passkey %(number)s") % {"number": number + 1}


def reseal_factors(keys: Sequence[str]) -> int:
    """Seal the secrets of all apps and recovery codes with the first key; return how many."""
    with transaction.atomic():
        factors = list(Authenticator.objects.select_for_update().exclude(type="webauthn"))
        for factor in factors:
            for name in _SEALED:
                if name in factor.data:
                    factor.data[name] = _resealed(factor.data[name], keys)
            factor.save(update_fields=["data"])
    return len(factors)


def _resealed(sealed: str | list[str], keys: Sequence[str]) -> str | list[str]:
    if isinstance(sealed, list):
        return [reseal(one, purpose=_PURPOSE, keys=keys) for one in sealed]
    return reseal(sealed, purpose=_PURPOSE, keys=keys)
