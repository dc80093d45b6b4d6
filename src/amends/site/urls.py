from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("amends.doors.portal.urls")),
    path("desk/", include("amends.doors.desk.urls")),
    path("me/", include("allauth.account.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("favicon.ico", RedirectView.as_view(url="/static/amends/favicon.svg")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("amends.doors.demo.urls")))
