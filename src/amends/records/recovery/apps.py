from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    name = "amends.records.recovery"
    label = "recovery"
