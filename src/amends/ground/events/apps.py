from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "amends.ground.events"
    label = "events"
