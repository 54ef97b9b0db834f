"""The addresses of counts."""

from __future__ import annotations

from django.urls import path

from amparo.patterns.web.views import findings, tables

app_name = "patterns"
urlpatterns = [
    path("matters/<uuid:pk>/patterns/", tables.tables, name="tables"),
    path("items/<uuid:pk>/patterns/<slug:name>/", findings.finding, name="finding"),
    path("items/<uuid:pk>/patterns/<slug:name>/rows/", findings.rows, name="rows"),
    path("items/<uuid:pk>/patterns/<slug:name>.<slug:form>", findings.taken, name="take"),
]
