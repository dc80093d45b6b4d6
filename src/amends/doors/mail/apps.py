from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "amends.doors.mail"
    label = "mail"
