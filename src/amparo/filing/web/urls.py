"""The addresses of bundles and of official forms."""

from __future__ import annotations

from django.urls import path

from amparo.filing.web.views import bundles, choosing, maps, official, productions

app_name = "filing"
urlpatterns = [
    path("matters/<uuid:pk>/bundles/", bundles.bundles, name="bundles"),
    path("matters/<uuid:pk>/bundles/open/", bundles.open_new, name="open"),
    path("bundles/<uuid:pk>/", bundles.builder, name="bundle"),
    path("bundles/<uuid:pk>/save/", bundles.save, name="save"),
    path("bundles/<uuid:pk>/choose/", choosing.choose, name="choose"),
    path("bundles/<uuid:pk>/add/", choosing.add, name="add"),
    path("bundles/<uuid:pk>/index/", choosing.import_index, name="index"),
    path("bundles/<uuid:pk>/cover/", bundles.cover, name="cover"),
    path("bundles/<uuid:pk>/preview/<int:number>.webp", bundles.preview, name="preview"),
    path("bundles/<uuid:pk>/remove/", bundles.remove, name="remove"),
    path("bundles/<uuid:pk>/produce/", productions.produce, name="produce"),
    path("bundles/<uuid:pk>/productions/", productions.productions, name="productions"),
    path(
        "bundles/<uuid:pk>/productions/<uuid:production_pk>/approve/",
        productions.approve_production,
        name="approve",
    ),
    path("matters/<uuid:pk>/forms/", official.forms, name="forms"),
    path("matters/<uuid:pk>/forms/bring/", official.bring, name="form-bring"),
    path("matters/<uuid:pk>/forms/fetch/", official.fetch, name="form-fetch"),
    path("forms/<uuid:pk>/", official.questions, name="form"),
    path("forms/<uuid:pk>/map/", maps.fields, name="map"),
    path("forms/<uuid:pk>/map/propose/", maps.propose, name="map-propose"),
    path("forms/<uuid:pk>/map/field/", maps.say, name="map-field"),
    path("forms/<uuid:pk>/map/use/", maps.finish, name="map-use"),
    path("forms/<uuid:pk>/page/<int:number>.webp", maps.blank_page, name="blank-page"),
    path("forms/filled/<uuid:pk>/", official.fields, name="form-fields"),
    path("forms/filled/<uuid:pk>/page/<int:number>.webp", official.picture, name="form-page"),
    path("forms/filled/<uuid:pk>/file/", official.download, name="form-file"),
    path("forms/filled/<uuid:pk>/approve/", official.approve, name="form-approve"),
    path("bundles/<uuid:pk>/volumes/<int:volume_pk>/", productions.download, name="download"),
]
