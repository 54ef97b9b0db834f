"""The addresses about proofs: a new look, and the keys that are trusted."""

from __future__ import annotations

from django.urls import path

from amparo.extract.web.views import proofs

app_name = "proofs"
urlpatterns = [
    path("items/<uuid:pk>/proofs/look-again/", proofs.look_again, name="look-again"),
    path("trusted-keys/", proofs.keys, name="keys"),
    path("trusted-keys/<uuid:pk>/withdraw/", proofs.withdraw, name="withdraw"),
]
