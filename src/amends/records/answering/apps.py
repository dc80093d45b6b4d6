from django.apps import AppConfig


class AnsweringConfig(AppConfig):
    name = "amends.records.answering"
    label = "answering"
