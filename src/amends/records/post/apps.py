from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "amends.records.post"
    label = "post"
