"""Providers whose servers let one in with a permission instead of a password."""

from dataclasses import dataclass

from amends.ground.oauth import Endpoints

_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/"
_OFFICE = "https://outlook.office.com/"
_MICROSOFT_MAIL = f"{_OFFICE}IMAP.AccessAsUser.All {_OFFICE}SMTP.Send offline_access"


@dataclass(frozen=True)
class Provider:
    """The name, the server of its mailboxes, and where the permission is asked for."""

    name: str
    host: str
    port: int
    security: str
    authorize: str
    token: str
    scope: str
    also: tuple[tuple[str, str], ...] = ()
    smtp_host: str = ""

    def endpoints(self, tenant: str) -> Endpoints:
        return Endpoints(
            self.authorize.replace("{tenant}", tenant), self.token.replace("{tenant}", tenant),
            self.scope, dict(self.also),
        )  # fmt: skip


PROVIDERS = {
    "microsoft": Provider(
        "Microsoft 365", "outlook.office365.com", 993, "tls",
        f"{_MICROSOFT}authorize", f"{_MICROSOFT}token", _MICROSOFT_MAIL,
        smtp_host="smtp.office365.com",
    ),
    # Google gives what renews a permission only to who asks for both of these.
    "google": Provider(
        "Google", "imap.gmail.com", 993, "tls",
        "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token",
        "https://mail.google.com/", (("access_type", "offline"), ("prompt", "consent")),
        smtp_host="smtp.gmail.com",
    ),
}  # fmt: skip
