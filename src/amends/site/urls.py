from allauth.account import views as sign_in
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from amends.doors.entry import mine

handler500 = "amends.site.broken.page"
urlpatterns = [
    path("", include("amends.doors.portal.urls")),
    path("", include("amends.doors.entry.urls")),
    path("desk/", include("amends.doors.desk.urls")),
    path("", include("amends.doors.mail.urls")),
    path("me/login/", sign_in.login, name="account_login"),
    path("me/logout/", sign_in.logout, name="account_logout"),
    # allauth links to these by name; people are taken in by the house, not by signing up.
    path("me/signup/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path(
        "me/forgotten/",
        RedirectView.as_view(pattern_name="entry:password"),
        name="account_reset_password",
    ),
    # Of allauth's second factors only what we have pages for.
    path("me/", mine.page, name="mfa_index"),
    path("me/second/", second.authenticate, name="mfa_authenticate"),
    path("me/again/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("me/again/code/", second.reauthenticate, name="mfa_reauthenticate"),
    path("me/again/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("me/app/", app.activate_totp, name="mfa_activate_totp"),
    path("me/app/off/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("me/passkeys/new/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("me/passkeys/sign-in/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("me/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("language/", include("django.conf.urls.i18n")),
    path("favicon.ico", RedirectView.as_view(url="/static/amends/icon.svg")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("amends.doors.demo.urls")))
