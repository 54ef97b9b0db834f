"""Every address of the workbench: each slice owns its ``urls.py``; here they get their place."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from amparo.site import metrics, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("go/", views.go, name="go"),
    path("handbook/", views.handbook, name="manual"),
    path("handbook/<slug:name>/", views.handbook, name="manual-page"),
    path("metrics", metrics.metrics, name="metrics"),
    path("accounts/", include("amparo.accounts.web.urls")),
    path("matters/", include("amparo.matters.web.urls")),
    path("search/", include("amparo.search.web.urls")),
    path("", include("amparo.evidence.web.urls")),
    path("", include("amparo.extract.web.urls")),
    path("", include("amparo.extract.web.proof_urls")),
    path("", include("amparo.interviews.web.urls")),
    path("", include("amparo.deadlines.web.urls")),
    path("", include("amparo.filing.web.urls")),
    path("", include("amparo.patterns.web.urls")),
    path("", include("amparo.linkage.web.urls")),
]

handler400 = "amparo.site.views.bad_request"
handler403 = "amparo.site.views.forbidden"
handler404 = "amparo.site.views.not_found"
handler500 = "amparo.site.views.broken"
