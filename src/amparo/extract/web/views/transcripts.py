"""Transcripts: written, corrected, imported, recognised, and taken away as subtitles."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.base.numbers import whole
from amparo.base.web.downloads import as_attachment
from amparo.evidence.web.models import Item
from amparo.extract import charsets
from amparo.extract.recordings import transcripts
from amparo.extract.recordings.speech import why_not
from amparo.extract.web.actions import Origin, keep_transcript
from amparo.extract.web.forms import OCR_LANGUAGES, SubtitlesForm, TranscriptForm
from amparo.extract.web.guards import of_item
from amparo.extract.web.models import Transcript
from amparo.extract.web.queries.players import is_recording, player_of
from amparo.extract.web.tasks import ask_to_transcribe
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of

__all__ = ["bring", "page", "recognise", "take", "write"]

FORMS = {
    "vtt": (transcripts.to_vtt, "text/vtt; charset=utf-8"),
    "srt": (transcripts.to_srt, "text/plain; charset=utf-8"),
    "txt": (transcripts.to_plain, "text/plain; charset=utf-8"),
}


@require_safe
@of_item(Verb.VIEW)
def page(request: HttpRequest, item: Item) -> HttpResponse:
    """The transcript to read and to edit, with its versions and the ways to make one."""
    if not is_recording(item):
        raise Http404
    return _page(request, item, _version(item, request.GET.get("version", "")))


@require_POST
@of_item(Verb.ANNOTATE)
def write(request: HttpRequest, item: Item) -> HttpResponse:
    """Keep what was typed as the next version; what is wrong comes back with its line named."""
    form = TranscriptForm(request.POST)
    before = item.transcripts.first()
    if form.is_valid():
        made = Transcript.Made.CORRECTED if before else Transcript.Made.TYPED
        try:
            keep_transcript(
                item,
                form.cleaned_data["lines"],
                language=form.cleaned_data["language"],
                origin=Origin(made, note=form.cleaned_data["note"]),
                based_on=form.cleaned_data["based_on"],
                acting_user=person(request),
            )
        except UsageError as error:
            form.add_error("text", f"{error.message} {error.next_step}".strip())
        else:
            messages.success(request, _("The transcript is kept as a new version."))
            return redirect("extract:item", item.pk)
    return _page(request, item, before, form=form, status=422)


@require_POST
@of_item(Verb.ANNOTATE)
def bring(request: HttpRequest, item: Item) -> HttpResponse:
    """Import a file of subtitles as the next version."""
    form = SubtitlesForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines = transcripts.from_subtitles(charsets.decode(file.read()).text)
            note = _("from the file %(name)s") % {"name": file.name}
            keep_transcript(
                item,
                lines,
                language=form.cleaned_data["language"],
                origin=Origin(Transcript.Made.IMPORTED, note=note[:300]),
                acting_user=person(request),
            )
        except UsageError as error:
            form.add_error("file", f"{error.message} {error.next_step}".strip())
        else:
            messages.success(request, _("The subtitles are kept as a new version."))
            return redirect("extract:item", item.pk)
    return _page(request, item, item.transcripts.first(), bringing=form, status=422)


@require_POST
@of_item(Verb.ADD)
def recognise(request: HttpRequest, item: Item) -> HttpResponse:
    """Let the speech model write down what is said, in the background."""
    missing = why_not(settings.SPEECH_MODEL)
    if missing is not None:
        raise missing
    language = request.POST.get("language", "")
    ask_to_transcribe(item, language if language.isalpha() else "", user=person(request))
    messages.success(request, _("It is listened to in the background. Look again later."))
    return redirect("extract:item", item.pk)


@require_safe
@of_item(Verb.VIEW)
def take(request: HttpRequest, item: Item, form: str) -> HttpResponse:
    """The transcript as WebVTT, SubRip or plain text."""
    row = _version(item, request.GET.get("version", ""))
    if form not in FORMS or row is None:
        raise Http404
    write_as, media_type = FORMS[form]
    response = HttpResponse(write_as(row.value), content_type=media_type)
    response["Cache-Control"] = "no-store, private"
    if "save" in request.GET:
        as_attachment(response, f"transcript-{row.number}.{form}")
    return response


def _version(item: Item, number: str) -> Transcript | None:
    rows = item.transcripts.select_related("made_by")
    asked = whole(number)
    return (rows if asked is None else rows.filter(number=asked)).first()


def _page(
    request: HttpRequest,
    item: Item,
    row: Transcript | None,
    *,
    form: TranscriptForm | None = None,
    bringing: SubtitlesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    last = item.transcripts.first()
    told = {
        "text": transcripts.to_text(row.value) if row else "",
        "language": row.language if row else item.language,
        "based_on": last.number if last else None,
    }
    context = {
        "item": item,
        "matter": item.matter,
        "tab": "evidence",
        "verbs": verbs_of(person(request), item),
        "player": player_of(item),
        "row": row,
        "last": last,
        "versions": item.transcripts.select_related("made_by"),
        "form": form or TranscriptForm(initial=told),
        "bringing": bringing or SubtitlesForm(initial={"language": item.language}),
        "waits_for": why_not(settings.SPEECH_MODEL),
        "languages": OCR_LANGUAGES,
    }
    return render(request, "extract/transcript.html", context, status=status)
