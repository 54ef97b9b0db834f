"""The addresses about proofs (a new look, trusted keys) and about records of web archives."""

from __future__ import annotations

from django.urls import path

from amparo.extract.web.views import captures, proofs

app_name = "proofs"
urlpatterns = [
    path("items/<uuid:pk>/proofs/look-again/", proofs.look_again, name="look-again"),
    path("items/<uuid:pk>/proofs/look-at-all/", proofs.look_at_all, name="look-at-all"),
    path("items/<uuid:pk>/records/", captures.pin, name="pin-record"),
    path("trusted-keys/", proofs.keys, name="keys"),
    path("trusted-keys/<uuid:pk>/withdraw/", proofs.withdraw, name="withdraw"),
]
