from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "amends.doors.demo"
    label = "demo"
