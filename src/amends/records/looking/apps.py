from django.apps import AppConfig


class LookingConfig(AppConfig):
    name = "amends.records.looking"
    label = "looking"
