"""The addresses of items, their pages, and the work on them."""

from __future__ import annotations

from django.urls import path

from amparo.extract.web.views import (
    conversations,
    items,
    jobs,
    near,
    originals,
    pictures,
    pinpoints,
    recordings,
    sheets,
    suggestions,
    transcripts,
    translations,
)

app_name = "extract"
urlpatterns = [
    path("items/<uuid:pk>/", items.item, name="item"),
    path("items/<uuid:pk>/pages/<int:number>.webp", pictures.page, name="picture"),
    path("items/<uuid:pk>/pages/<int:number>.txt", items.text, name="text"),
    path("items/<uuid:pk>/pinpoints/", pinpoints.make, name="pin"),
    path("pinpoints/<uuid:pk>/", pinpoints.show, name="pinpoint"),
    path("items/<uuid:pk>/messages/pin/", conversations.pin, name="pin-messages"),
    path("items/<uuid:pk>/rows/pin/", sheets.pin, name="pin-rows"),
    path("items/<uuid:pk>/areas/", pinpoints.make_area, name="pin-area"),
    path("items/<uuid:pk>/pinpoints/<uuid:pin_pk>/withdraw/", pinpoints.withdraw, name="unpin"),
    path("items/<uuid:pk>/pinpoints/<uuid:pin_pk>/notes/", pinpoints.write_note, name="note-pin"),
    path("items/<uuid:pk>/describe/", items.describe_item, name="describe"),
    path("items/<uuid:pk>/recognise/", items.recognise, name="recognise"),
    path("items/<uuid:pk>/read-again/", items.read_again, name="reread"),
    path("items/<uuid:pk>/original/", originals.take, name="original"),
    path("items/<uuid:pk>/set/", items.set_to_pages, name="set"),
    path("items/<uuid:pk>/near/", near.near, name="near"),
    path("matters/<uuid:pk>/near/", near.near_matter, name="near-matter"),
    path("matters/<uuid:pk>/beside/", near.beside, name="beside"),
    path("matters/<uuid:pk>/near/compare/", near.compare_now, name="compare"),
    path("items/<uuid:pk>/recording", recordings.play, name="play"),
    path("items/<uuid:pk>/stills/<int:thousandths>.webp", recordings.still, name="still"),
    path("items/<uuid:pk>/spans/", recordings.span, name="pin-span"),
    path("items/<uuid:pk>/transcript/", transcripts.page, name="transcript"),
    path("items/<uuid:pk>/transcript/write/", transcripts.write, name="write-transcript"),
    path("items/<uuid:pk>/transcript/import/", transcripts.bring, name="bring-transcript"),
    path("items/<uuid:pk>/transcript/listen/", transcripts.recognise, name="transcribe"),
    path("items/<uuid:pk>/transcript.<slug:form>", transcripts.take, name="take-transcript"),
    path("items/<uuid:pk>/translations/", translations.page, name="translations"),
    path("items/<uuid:pk>/translations/write/", translations.write, name="write-translation"),
    path("items/<uuid:pk>/translations/bring/", translations.bring, name="bring-translation"),
    path("items/<uuid:pk>/translations/draft/", translations.draft, name="draft-translation"),
    path("items/<uuid:pk>/translations/certify/", translations.sign, name="certify-translation"),
    path(
        "items/<uuid:pk>/translations/<uuid:certificate_pk>.pdf",
        translations.sheet,
        name="certificate",
    ),
    path(
        "items/<uuid:pk>/translations/<uuid:certificate_pk>/file/",
        translations.make_file,
        name="file-certificate",
    ),
    path("translations/<uuid:pk>/", translations.found, name="translation"),
    path("items/<uuid:pk>/suggestions/look/", suggestions.look, name="look"),
    path("items/<uuid:pk>/suggestions/", suggestions.decide, name="decide"),
    path("matters/<uuid:pk>/suggestions/", suggestions.of_a_matter, name="suggestions"),
    path("matters/<uuid:pk>/suggestions/look/", suggestions.look_in_matter, name="look-in-matter"),
    path(
        "matters/<uuid:pk>/suggestions/decide/",
        suggestions.decide_in_matter,
        name="decide-in-matter",
    ),
    path("work/", jobs.work, name="jobs"),
    path("work/<uuid:job_pk>/cancel/", jobs.stop, name="stop"),
    path("work/<uuid:job_pk>/retry/", jobs.again, name="again"),
]
