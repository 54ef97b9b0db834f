from django.apps import AppConfig


class ExtractConfig(AppConfig):
    name = "amparo.extract.web"
    label = "extract"
