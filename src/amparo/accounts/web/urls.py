"""The addresses about people."""

from __future__ import annotations

from django.urls import path

from amparo.accounts.web.views import (
    audit,
    calling_out,
    outside,
    people,
    preferences,
    saved,
    session,
    signing_in,
)

app_name = "accounts"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("link/<str:token>/", session.link, name="link"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("lock/", session.lock, name="lock"),
    path("unlock/", session.unlock, name="unlock"),
    path("confirm/", session.confirm, name="confirm"),
    path("second/", session.second, name="second"),
    path("passkey/", session.sign_in_by_passkey, name="passkey"),
    path("passkey/ask/", signing_in.ask_passkey, name="ask-passkey"),
    path("signing-in/", signing_in.page, name="signing-in"),
    path("signing-in/app/", signing_in.app, name="app"),
    path("signing-in/passkeys/", signing_in.new_passkey, name="new-passkey"),
    path("signing-in/passkeys/ask/", signing_in.new_passkey_options, name="ask-new-passkey"),
    path("signing-in/factors/<uuid:pk>/remove/", signing_in.remove, name="remove-factor"),
    path("signing-in/codes/", signing_in.new_codes, name="new-codes"),
    path("signing-in/sessions/end/", signing_in.end, name="end-session"),
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
    path("people/<uuid:pk>/factors/forget/", signing_in.forget, name="forget-factors"),
    path("elsewhere/<uuid:pk>/", outside.elsewhere, name="elsewhere"),
    path("elsewhere/<uuid:pk>/connect/", outside.connect_here, name="connect"),
    path("elsewhere/<int:pk>/disconnect/", outside.disconnect_here, name="disconnect"),
    path("elsewhere/back/", outside.back, name="back"),
    path("providers/", outside.providers, name="providers"),
    path("providers/<uuid:pk>/remove/", outside.remove, name="remove-provider"),
    path("audit/", audit.audit_page, name="audit"),
    path("audit/verify/", audit.verify, name="verify-audit"),
    path("audit/audit.csv", audit.audit_csv, name="audit-csv"),
    path("calling-out/", calling_out.calling_out_page, name="calling-out"),
]
