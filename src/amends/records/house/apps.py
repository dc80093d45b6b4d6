from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "amends.records.house"
    label = "house"
