"""The sentences that are said of recordings and scans, for pages in another language."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["RECORDING_SENTENCES"]

RECORDING_SENTENCES = frozenset(
    {
        _("A line from %(start)s to %(end)s does not end after its start."),
        _("Begin it with the seconds from and to, as [0:12.5 - 0:15]."),
        _("Correct it and keep again."),
        _("Give a SubRip (.srt) or WebVTT (.vtt) file."),
        _("Install it with: pip install 'amparo[speech]'"),
        _("Its pictures are larger than those that are drawn."),
        _("Line %(number)s has no times."),
        _("Line %(number)s: %(why)s"),
        _("Listen to it, and type it."),
        _("Name the folder of a model in the CTranslate2 form."),
        _("No speech was heard in it."),
        _("Only recordings have seconds."),
        _("Page %(number)s is damaged."),
        _("Part it where the speaker pauses."),
        _("Pin words or an area of it."),
        _("Set AMPARO_SPEECH_MODEL to the folder of a model, then start again."),
        _("Speech is not recognised here: faster-whisper is not installed."),
        _("Speech is not recognised here: no speech model is named."),
        _("The DjVu scan holds no pages of its own."),
        _("The DjVu scan is damaged or breaks off."),
        _("The file holds neither sound nor film."),
        _("The film does not say when its pictures are shown."),
        _("The film has no picture at that moment."),
        _("The line at %(at)s is longer than %(longest)s characters."),
        _("The recording is damaged, or of a kind that cannot be played here."),
        _("The recording may be damaged: it says nothing of itself."),
        _("The scan is not a DjVu file, or is damaged from its beginning."),
        _("There are no moving pictures in it."),
        _("There are %(count)s lines; %(most)s are taken."),
        _("There is no line of speech with times in it."),
        _("There is no sound in it."),
        _("There is no speech model in “%(name)s”: model.bin is missing."),
        _("What is said in it is not written down yet."),
        _("Write minutes and seconds, as 1:23.5."),
        _("“%(text)s” is not a time."),
    }
)
