"""The addresses about people."""

from __future__ import annotations

from django.urls import path

from amparo.accounts.web.views import audit, calling_out, people, preferences, saved, session

app_name = "accounts"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("link/<str:token>/", session.link, name="link"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("lock/", session.lock, name="lock"),
    path("unlock/", session.unlock, name="unlock"),
    path("confirm/", session.confirm, name="confirm"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/language/", preferences.language, name="language"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("password/", preferences.password, name="password"),
    path("views/", saved.save, name="save-view"),
    path("views/<int:pk>/forget/", saved.forget, name="forget-view"),
    path("people/", people.people, name="people"),
    path("people/people.csv", people.people_csv, name="people-csv"),
    path("people/add/", people.add, name="add-person"),
    path("people/<uuid:pk>/", people.change, name="person"),
    path("people/<uuid:pk>/link/", people.link_for, name="person-link"),
    path("audit/", audit.audit_page, name="audit"),
    path("audit/audit.csv", audit.audit_csv, name="audit-csv"),
    path("calling-out/", calling_out.calling_out_page, name="calling-out"),
]
