from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "amends.records.retention"
    label = "retention"
