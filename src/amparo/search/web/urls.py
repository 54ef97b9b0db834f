"""The addresses of the search."""

from __future__ import annotations

from django.urls import path

from amparo.search.web.views import finding, saved

app_name = "search"
urlpatterns = [
    path("", finding.everywhere, name="search"),
    path("matters/<uuid:pk>/", finding.in_matter, name="matter"),
    path("saved/", saved.searches, name="saved"),
    path("saved/save/", saved.save, name="save-search"),
    path("saved/<int:pk>/look/", saved.look, name="look-at-search"),
    path("saved/<int:pk>/forget/", saved.forget, name="forget-search"),
]
