from allauth.account import views as sign_in
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("amends.doors.portal.urls")),
    path("desk/", include("amends.doors.desk.urls")),
    path("me/login/", sign_in.login, name="account_login"),
    path("me/logout/", sign_in.logout, name="account_logout"),
    # allauth links to these by name; people are taken in by the house, not by signing up.
    path("me/signup/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path(
        "me/password/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_reset_password",
    ),
    path("language/", include("django.conf.urls.i18n")),
    path("favicon.ico", RedirectView.as_view(url="/static/amends/icon.svg")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("amends.doors.demo.urls")))
