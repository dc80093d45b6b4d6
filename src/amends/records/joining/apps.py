from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "amends.records.joining"
    label = "joining"
