"""The addresses of the search."""

from __future__ import annotations

from django.urls import path

from amparo.search.web import views

app_name = "search"
urlpatterns = [
    path("", views.everywhere, name="search"),
    path("matters/<uuid:pk>/", views.in_matter, name="matter"),
]
