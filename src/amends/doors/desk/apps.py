from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "amends.doors.desk"
    label = "desk"
