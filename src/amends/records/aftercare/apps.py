from django.apps import AppConfig


class AftercareConfig(AppConfig):
    name = "amends.records.aftercare"
    label = "aftercare"
