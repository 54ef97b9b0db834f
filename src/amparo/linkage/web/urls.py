"""The addresses of linkage."""

from __future__ import annotations

from django.urls import URLPattern, path

from amparo.linkage.web.views import alike, conflicts, linkages, reviewing, screening

app_name = "linkage"
urlpatterns: list[URLPattern] = [
    path("matters/<uuid:pk>/alike/", alike.alike, name="alike"),
    path("matters/<uuid:pk>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("matters/<uuid:pk>/conflicts/check/", conflicts.check, name="check-conflicts"),
    path("matters/<uuid:pk>/conflicts/ask/", conflicts.ask, name="ask-about-conflicts"),
    path("conflicts/", conflicts.open_hits, name="open-conflicts"),
    path("conflicts/<uuid:pk>/", conflicts.one_hit, name="conflict"),
    path("matters/<uuid:pk>/linkage/", linkages.linkages, name="linkages"),
    path("matters/<uuid:pk>/linkage/tables/", linkages.ask, name="link"),
    path("linkages/<uuid:pk>/", linkages.result, name="linked"),
    path("linkages/<uuid:pk>/groups/<int:number>/", linkages.group, name="group"),
    path("linkages/<uuid:pk>/review/", reviewing.review, name="review"),
    path("linkages/<uuid:pk>/learn/", linkages.learn_again, name="learn-again"),
    path("linkages/<uuid:pk>/stop/", linkages.stop, name="linkage-stop"),
    path("linkages/<uuid:pk>/again/", linkages.again, name="linkage-again"),
    path("linkages/<uuid:pk>/linkage.<slug:form>", linkages.taken, name="linkage-take"),
    path("lists/", screening.name_lists, name="name-lists"),
    path("matters/<uuid:pk>/screening/", screening.screenings, name="screenings"),
    path("matters/<uuid:pk>/screening/ask/", screening.ask, name="screen"),
    path("screenings/<uuid:pk>/", screening.result, name="screened"),
    path("screenings/<uuid:pk>/memo.pdf", screening.memo, name="screening-memo"),
    path("screenings/hits/<uuid:pk>/", screening.one_hit, name="screening-hit"),
]
