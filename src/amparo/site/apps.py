from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    name = "amparo.site"
    label = "site"

    def ready(self) -> None:
        from amparo.site import finding, hearing, panels

        panels.furnish()
        finding.tell_search()
        hearing.introduce()
        autodiscover_modules("tasks")
