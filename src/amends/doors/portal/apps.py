from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "amends.doors.portal"
    label = "portal"
