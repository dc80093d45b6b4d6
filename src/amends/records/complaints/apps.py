from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "amends.records.complaints"
    label = "complaints"
