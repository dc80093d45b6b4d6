from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "amends.ground.search"
    label = "search"
