"""Rows of the index: passages with what they are filtered by, forms of names; saved searches.

The words themselves are in two full-text tables that Django does not know (migration 0001):
``search_words`` (``text``, ``heading``) and ``search_labels`` (``name``, ``sender``), both FTS5,
contentless, with a passage's number as their row.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = [
    "IndexedLanguage",
    "IndexedMatter",
    "Passage",
    "PassageTag",
    "PassageText",
    "SavedSearch",
    "Spelling",
    "SpellingKey",
]


class IndexedMatter(models.Model):
    """The number that an edition of a matter has in the index: see ``search.editions``."""

    number = models.AutoField(primary_key=True)
    matter_id = models.UUIDField()
    edition = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter_id", "edition"], name="one_number_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.matter_id} {self.edition}".strip()


class IndexedLanguage(models.Model):
    """The number that a language has in the index."""

    number = models.AutoField(primary_key=True)
    code = models.CharField(max_length=35, unique=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.code}"


class Passage(models.Model):
    """A passage as lists show it; its number says its matter, kind, language and year."""

    number = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=64)
    page = models.PositiveIntegerField(null=True)
    part = models.PositiveSmallIntegerField(default=0)
    title = models.TextField(blank=True)
    name = models.TextField(blank=True)
    sender = models.TextField(blank=True, default="")
    language = models.CharField(max_length=35, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    date = models.CharField(max_length=80, blank=True)
    earliest = models.CharField(max_length=10, blank=True)
    latest = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "source_id", "page"], name="passage_of_source")]

    def __str__(self) -> str:
        return f"{self.title or self.name}, {self.page}" if self.page else self.title or self.name


class PassageText(models.Model):
    """The text of a passage as it was read, apart from the row that lists and filters read."""

    passage = models.OneToOneField(Passage, primary_key=True, on_delete=models.CASCADE)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class PassageTag(models.Model):
    """A tag of a passage: folded to be found, and as it is written."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="tags")
    folded = models.CharField(max_length=80)
    tag = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["folded", "passage"], name="passage_by_tag")]

    def __str__(self) -> str:
        return self.tag


class Spelling(models.Model):
    """A form of a word that the index has met; see ``amparo.search.spellings``.

    ``keyed`` when it has been written like a name and its keys are there.
    """

    text = models.CharField(primary_key=True, max_length=80)
    sound = models.CharField(max_length=80)
    capitals = models.PositiveSmallIntegerField(default=0)
    smalls = models.PositiveSmallIntegerField(default=0)
    keyed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.text


class SpellingKey(models.Model):
    """A key of a form's sound."""

    key = models.CharField(max_length=24)
    text = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "text"], name="spelling_key_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"


class SavedSearch(models.Model):
    """A search that someone looks at again: what is asked, and what it had found then.

    ``query`` is the address's (words and choices), ``matter_id`` the matter that it stays within.
    ``found`` is what was there when it was last looked at, ``earlier`` the time before: that is
    what the page marks new against, so that going back to it shows the same. Each is a row of marks
    (``search.news``) with how many places there were.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    title = models.CharField(_("name of the search"), max_length=80)
    matter_id = models.UUIDField(null=True)
    query = models.CharField(max_length=2000)
    found = models.BinaryField(default=bytes)
    found_total = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField()
    earlier = models.BinaryField(default=bytes)
    earlier_total = models.PositiveIntegerField(default=0)
    earlier_at = models.DateTimeField()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["user", "title"], name="one_search_of_a_name")
        ]

    def __str__(self) -> str:
        return self.title
