from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "amparo.matters.web"
    label = "matters"
