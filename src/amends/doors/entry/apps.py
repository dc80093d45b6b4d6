from django.apps import AppConfig


class EntryConfig(AppConfig):
    name = "amends.doors.entry"
    label = "entry"
