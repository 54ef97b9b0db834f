from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "amparo.deadlines.web"
    label = "deadlines"
