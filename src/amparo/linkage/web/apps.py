from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "amparo.linkage.web"
    label = "linkage"
