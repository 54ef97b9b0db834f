"""The addresses of matters."""

from __future__ import annotations

from django.urls import path

from amparo.matters.web.views import matter, parts, team

app_name = "matters"
urlpatterns = [
    path("", matter.matters, name="list"),
    path("matters.csv", matter.matters_csv, name="csv"),
    path("status/", matter.status_of_several, name="status"),
    path("open/", matter.open_new, name="open"),
    path("<uuid:pk>/", matter.matter_page, name="matter"),
    path("<uuid:pk>/edit/", matter.edit, name="edit"),
    path("<uuid:pk>/parties/add/", parts.add_party, name="add-party"),
    path("<uuid:pk>/parties/<uuid:party_pk>/", parts.change_party, name="party"),
    path("<uuid:pk>/parties/<uuid:party_pk>/remove/", parts.remove_party, name="remove-party"),
    path("<uuid:pk>/parties/<uuid:party_pk>/seal/", parts.seal_party, name="seal-party"),
    path("<uuid:pk>/parties/<uuid:party_pk>/unseal/", parts.unseal_party, name="unseal-party"),
    path("<uuid:pk>/tasks/add/", parts.add_task, name="add-task"),
    path("<uuid:pk>/tasks/<uuid:task_pk>/", parts.change_task, name="task"),
    path("<uuid:pk>/tasks/<uuid:task_pk>/finish/", parts.finish_task, name="finish-task"),
    path("<uuid:pk>/tasks/<uuid:task_pk>/remove/", parts.remove_task, name="remove-task"),
    path("<uuid:pk>/notes/add/", parts.write_note, name="write-note"),
    path("<uuid:pk>/team/", team.team, name="team"),
    path("<uuid:pk>/team/add/", team.add, name="add-member"),
    path("<uuid:pk>/team/<int:member_pk>/", team.change, name="member"),
    path("<uuid:pk>/team/<int:member_pk>/remove/", team.remove, name="remove-member"),
    path("<uuid:pk>/walls/", team.wall_off, name="raise-wall"),
    path("<uuid:pk>/walls/<uuid:wall_pk>/lift/", team.take_down, name="lift-wall"),
    path("<uuid:pk>/history/", team.history, name="history"),
]
