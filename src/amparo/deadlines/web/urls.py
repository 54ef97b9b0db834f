"""The addresses of deadlines."""

from __future__ import annotations

from django.urls import path

from amparo.deadlines.web.views import feeds, matter, overview, rules, why

app_name = "deadlines"
urlpatterns = [
    path("matters/<uuid:pk>/deadlines/", matter.deadlines, name="matter"),
    path("matters/<uuid:pk>/deadlines/choose/", matter.choose, name="choose"),
    path("matters/<uuid:pk>/deadlines/new/<str:rule>/", matter.new, name="new"),
    path("deadlines/", overview.everywhere, name="list"),
    path("deadlines/deadlines.csv", overview.everywhere_csv, name="csv"),
    path("deadlines/deadlines.ics", feeds.file, name="ics"),
    path("deadlines/calendar/", feeds.page, name="calendar"),
    path("deadlines/calendar/end/", feeds.end, name="end-feed"),
    path("deadlines/feed/<str:token>.ics", feeds.feed, name="feed"),
    path("deadlines/rules/", rules.rules, name="rules"),
    path("deadlines/rules/<str:name>/", rules.rule, name="rule"),
    path("deadlines/<uuid:pk>/", why.why, name="why"),
    path("deadlines/<uuid:pk>/change/", matter.change, name="change"),
    path("deadlines/<uuid:pk>/end/", why.end, name="end"),
    path("deadlines/<uuid:pk>/reopen/", why.reopen, name="reopen"),
    path("deadlines/<uuid:pk>/stop/", why.stop, name="stop"),
    path("deadlines/<uuid:pk>/run/", why.run, name="run"),
    path("deadlines/<uuid:pk>/heard/", why.heard, name="heard"),
]
