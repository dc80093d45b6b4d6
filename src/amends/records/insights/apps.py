from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "amends.records.insights"
    label = "insights"
