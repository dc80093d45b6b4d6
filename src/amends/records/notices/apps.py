from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "amends.records.notices"
    label = "notices"
