from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "amparo.base.web"
    label = "base"
    verbose_name = "Ground"
