from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "amends.records.customers"
    label = "customers"
