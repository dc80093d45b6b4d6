"""allauth's forms for passkeys, for any bytes: what can't be read is no passkey, and no crash."""

import logging
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauths
from django.core.exceptions import ValidationError

log = logging.getLogger(__name__)


class _AnyBytes:
    """A form whose cleaning reads what a stranger may have made up, by way of two libraries."""

    def clean_credential(self) -> Any:
        return _checked(super().clean_credential)  # type: ignore[misc]


def _checked(clean: Any) -> Any:
    try:
        return clean()
    except ValidationError:
        raise
    except Exception as unreadable:
        log.info("what came as a passkey is none", exc_info=True)
        raise get_adapter().validation_error("incorrect_code") from unreadable


class LoginForm(_AnyBytes, allauths.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class AuthenticateForm(_AnyBytes, allauths.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(_AnyBytes, allauths.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddForm(allauths.AddWebAuthnForm):  # type: ignore[misc]
    def clean(self) -> Any:
        return _checked(super().clean)


class NewcomerPasskeyForm(allauths.SignupWebAuthnForm):  # type: ignore[misc]
    def clean(self) -> Any:
        return _checked(super().clean)
