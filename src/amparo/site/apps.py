from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    name = "amparo.site"
    label = "site"

    def ready(self) -> None:
        from amparo.site import panels

        panels.furnish()
        autodiscover_modules("tasks")
