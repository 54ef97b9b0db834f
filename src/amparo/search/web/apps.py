from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "amparo.search.web"
    label = "search"
