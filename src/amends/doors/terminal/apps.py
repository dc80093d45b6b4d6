from django.apps import AppConfig


class TerminalConfig(AppConfig):
    name = "amends.doors.terminal"
    label = "terminal"
