"""Every address of the workbench. Each slice owns its own ``urls.py``; here they get their place."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from amparo.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
]
