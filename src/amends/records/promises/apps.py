from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "amends.records.promises"
    label = "promises"
