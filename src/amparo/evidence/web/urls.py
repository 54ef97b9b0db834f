"""The addresses of evidence: a matter's files, their custody and packages, and verification."""

from __future__ import annotations

from django.urls import path

from amparo.evidence.web.views import adding, custody, items, packages, verification

app_name = "evidence"
urlpatterns = [
    path("matters/<uuid:pk>/evidence/", items.items, name="list"),
    path("matters/<uuid:pk>/evidence.csv", items.items_csv, name="csv"),
    path("matters/<uuid:pk>/evidence/tag/", items.tag_several, name="tag"),
    path("matters/<uuid:pk>/evidence/add/", adding.add, name="add"),
    path("matters/<uuid:pk>/evidence/intakes/", adding.begin, name="begin"),
    path(
        "matters/<uuid:pk>/evidence/intakes/<uuid:intake_pk>/files/",
        adding.receive,
        name="receive",
    ),
    path(
        "matters/<uuid:pk>/evidence/intakes/<uuid:intake_pk>/finish/",
        adding.finish,
        name="finish",
    ),
    path("verification/", verification.verification_page, name="verification"),
    path("verification/run/", verification.run, name="verify"),
    path("verification/stamp/", verification.stamp_now, name="stamp"),
    path("matters/<uuid:pk>/custody/", custody.custody_page, name="custody"),
    path("matters/<uuid:pk>/packages/", packages.ask, name="export"),
    path("matters/<uuid:pk>/packages/<uuid:export_pk>/", packages.download, name="download"),
    path("import/", packages.receive, name="import"),
    path("items/<uuid:pk>/custody/", custody.note, name="note-custody"),
]
