from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "amends.ground.ui"
    label = "ui"
