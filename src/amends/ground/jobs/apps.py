from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "amends.ground.jobs"
    label = "jobs"
