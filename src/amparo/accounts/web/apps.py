from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "amparo.accounts.web"
    label = "accounts"
