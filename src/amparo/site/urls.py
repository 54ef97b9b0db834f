"""Every address of the workbench: each slice owns its ``urls.py``; here they get their place."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from amparo.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
]
