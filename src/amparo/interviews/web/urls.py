"""The addresses of intake: questionnaires, answers, screens."""

from __future__ import annotations

from django.urls import path

from amparo.interviews.web.views import answering, answers, overview, papers, screens

app_name = "interviews"
urlpatterns = [
    path("matters/<uuid:pk>/intake/", overview.intake, name="matter"),
    path("matters/<uuid:pk>/intake/begin/<slug:questionnaire>/", answering.begin, name="begin"),
    path("matters/<uuid:pk>/intake/paper/<slug:questionnaire>.pdf", papers.paper, name="paper"),
    path("matters/<uuid:pk>/intake/answers/", answers.answers, name="answers"),
    path("matters/<uuid:pk>/intake/answers.csv", answers.answers_csv, name="csv"),
    path("matters/<uuid:pk>/intake/answers/<str:question>/", answers.answer, name="answer"),
    path("matters/<uuid:pk>/intake/answers/<str:question>/say/", answers.say, name="say"),
    path("matters/<uuid:pk>/intake/screens/<slug:screen>/", screens.screen, name="screen"),
    path("matters/<uuid:pk>/intake/screens/<slug:screen>/judge/", screens.judge, name="judge"),
    path("interviews/<uuid:pk>/finish/", answering.finish, name="finish"),
    path("interviews/<uuid:pk>/<slug:section>/", answering.section, name="section"),
]
