from django.urls import path

from amends.doors.mail import hook

urlpatterns = [path("mail/in/<str:token>/", hook.take, name="mail_hook")]
