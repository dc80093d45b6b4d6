from django.apps import AppConfig


class WritingConfig(AppConfig):
    name = "amends.records.writing"
    label = "writing"
