from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "amparo.filing.web"
    label = "filing"
