"""The addresses of linkage."""

from __future__ import annotations

from django.urls import URLPattern, path

from amparo.linkage.web.views import alike, conflicts

app_name = "linkage"
urlpatterns: list[URLPattern] = [
    path("matters/<uuid:pk>/alike/", alike.alike, name="alike"),
    path("matters/<uuid:pk>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("matters/<uuid:pk>/conflicts/check/", conflicts.check, name="check-conflicts"),
    path("matters/<uuid:pk>/conflicts/ask/", conflicts.ask, name="ask-about-conflicts"),
    path("conflicts/", conflicts.open_hits, name="open-conflicts"),
    path("conflicts/<uuid:pk>/", conflicts.one_hit, name="conflict"),
]
