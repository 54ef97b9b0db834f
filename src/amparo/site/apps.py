from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "amparo.site"
    label = "site"

    def ready(self) -> None:
        from amparo.site import panels

        panels.furnish()
