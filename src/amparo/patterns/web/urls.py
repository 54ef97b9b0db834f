"""The addresses of counts."""

from __future__ import annotations

from django.urls import path

from amparo.patterns.web.views import estimates, findings, tables, words

app_name = "patterns"
urlpatterns = [
    path("items/<uuid:pk>/estimate/", estimates.choose, name="estimate"),
    path("estimates/<uuid:pk>/", estimates.result, name="estimated"),
    path("estimates/<uuid:pk>/stop/", estimates.stop, name="estimate-stop"),
    path("estimates/<uuid:pk>/again/", estimates.again, name="estimate-again"),
    path("estimates/<uuid:pk>/estimate.<slug:form>", estimates.taken, name="estimate-take"),
    path("matters/<uuid:pk>/patterns/", tables.tables, name="tables"),
    path("items/<uuid:pk>/patterns/words/", words.words, name="words"),
    path("items/<uuid:pk>/patterns/<slug:method>/", findings.finding, name="finding"),
    path("items/<uuid:pk>/patterns/<slug:method>/rows/", findings.rows, name="rows"),
    path("items/<uuid:pk>/patterns/<slug:method>.<slug:form>", findings.taken, name="take"),
]
