"""The addresses of linkage."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "linkage"
urlpatterns: list[URLPattern] = []
