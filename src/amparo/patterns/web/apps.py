from django.apps import AppConfig


class PatternsConfig(AppConfig):
    name = "amparo.patterns.web"
    label = "patterns"
