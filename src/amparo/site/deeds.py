"""The audit in words: what each action is called, and its details, in the language of the page.

The audit keeps short English names for ever; this is where they become sentences. A test holds
the list to what the actions really write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from amparo.accounts.web.models import AuditEntry, User
from amparo.linkage.web.models import ConflictRuling
from amparo.matters.web.models import Matter, Party

__all__ = ["DEEDS", "deed_words", "details_of"]

DEEDS = frozenset(
    {
        _("accept suggestion"),
        _("add member"),
        _("add party"),
        _("add provider"),
        _("add second factor"),
        _("add storage place"),
        _("add task"),
        _("allow calling out"),
        _("approve a bundle"),
        _("answer questions of forms"),
        _("approve a form"),
        _("bring a form"),
        _("prepare a form"),
        _("propose a map"),
        _("say what a field asks"),
        _("say what words mean"),
        _("fetch a blank form"),
        _("take a form away"),
        _("take an estimate away"),
        _("ask for a bundle"),
        _("ask for a package"),
        _("ask for decision on conflicts"),
        _("ask for an estimate"),
        _("ask for linked records"),
        _("ask for screening"),
        _("bring a list of names"),
        _("rule on a hit of a list"),
        _("take a memo of screening"),
        _("judge two records"),
        _("take linked records away"),
        _("back up the workspace"),
        _("begin a bundle"),
        _("begin interview"),
        _("change a bundle"),
        _("change deadline"),
        _("change matter"),
        _("change party"),
        _("change person"),
        _("change provider"),
        _("change task"),
        _("check conflicts"),
        _("close deadline"),
        _("certify translation"),
        _("change collection"),
        _("close storage place"),
        _("collect items"),
        _("confirm identity refused"),
        _("confirm identity"),
        _("confirm password refused"),
        _("confirm password"),
        _("connect outside identity"),
        _("create first user"),
        _("create user"),
        _("date item"),
        _("decide on a conflict"),
        _("describe exhibits"),
        _("disconnect outside identity"),
        _("dispose of evidence"),
        _("download package"),
        _("end calendar address"),
        _("end session"),
        _("export counts"),
        _("export list of answers"),
        _("export list of deadlines"),
        _("export list of items"),
        _("export"),
        _("finish task"),
        _("finish interview"),
        _("forbid calling out"),
        _("forget second factors"),
        _("hear reminder"),
        _("import package"),
        _("issue calendar address"),
        _("issue sign-in link"),
        _("judge a criterion"),
        _("keep answers"),
        _("lift wall"),
        _("lock"),
        _("look for suggestions"),
        _("make pinpoint"),
        _("mark as graphic"),
        _("mark as not graphic"),
        _("open matter"),
        _("print questionnaire"),
        _("produce"),
        _("put exhibits into a bundle"),
        _("raise an alarm"),
        _("raise wall"),
        _("read restricted item"),
        _("reject suggestion"),
        _("remove a bundle"),
        _("remove collection"),
        _("remove member"),
        _("remove party"),
        _("remove provider"),
        _("remove second factor"),
        _("remove task"),
        _("renew recovery codes"),
        _("reopen deadline"),
        _("reopen task"),
        _("restore the workspace"),
        _("retitle item"),
        _("run clock"),
        _("seal identity"),
        _("set deadline"),
        _("set password"),
        _("set the alarm of backups"),
        _("set the watch"),
        _("sign in by link"),
        _("sign in by passkey refused"),
        _("sign in by passkey"),
        _("sign in by second factor refused"),
        _("sign in by second factor"),
        _("sign in elsewhere refused"),
        _("sign in elsewhere"),
        _("sign in refused"),
        _("sign in"),
        _("sign out"),
        _("stop clock"),
        _("take a bundle away"),
        _("take exhibits out of a bundle"),
        _("tag items"),
        _("take items out of a collection"),
        _("tell sealed identities"),
        _("trust a key no longer"),
        _("trust a key"),
        _("unlock refused"),
        _("take a custody report"),
        _("unlock"),
        _("unseal identity"),
        _("untag items"),
        _("verify the audit"),
        _("try a restore"),
        _("verify the workspace"),
        _("withdraw pinpoint"),
        _("withhold sealed identities"),
        _("write note at pinpoint"),
        _("write note"),
    }
)
LABELS = {
    "act_on": _("day"),
    "address": _("address"),
    "after": _("after"),
    "alarm_days": _("days until the alarm"),
    "before": _("before"),
    "changed": _("changed"),
    "collection": _("collection"),
    "count": _("found"),
    "criterion": _("criterion"),
    "days_before": _("days before"),
    "every_days": _("days between"),
    "exhibits": _("exhibits"),
    "files": _("files"),
    "filled": _("with the answers"),
    "first": _("from"),
    "form": _("form"),
    "holds": _("holds"),
    "is_on": _("switched on"),
    "issuer": _("issuer"),
    "items": _("files"),
    "key": _("key"),
    "kind": _("kind"),
    "last": _("until"),
    "method": _("method"),
    "name": _("name"),
    "names": _("names"),
    "note": _("note"),
    "page": _("page"),
    "place": _("place"),
    "questionnaire": _("questionnaire"),
    "reason": _("why"),
    "role": _("role"),
    "rows": _("rows"),
    "rule": _("rule"),
    "seconds": _("seconds"),
    "sessions": _("sessions"),
    "sha256": "SHA-256",
    "snapshot": _("snapshot"),
    "status": _("status"),
    "tag": _("tag"),
    "task": _("task"),
    "title": _("title"),
    "until": _("until"),
    "verdict": _("verdict"),
    "volume": _("volume"),
    "what": _("what"),
    "why": _("why"),
    "words": _("words"),
}


def deed_words(action: str) -> str:
    """What an action is called on this page; one that the list does not know stays as it is."""
    return gettext(action) if action in DEEDS else action


def details_of(entry: AuditEntry) -> list[tuple[str, str]]:
    """The details of an entry as label and text, for reading; of many files how many there are."""
    return [
        (gettext(LABELS[label]) if label in LABELS else label, ", ".join(_words(value)) or "—")
        for label, value in (
            (label, len(value) if label == "items" else value)
            for label, value in entry.details.items()
        )
    ]


def _words(value: object) -> Iterator[str]:
    """The words of a value: choices by their labels, lists and mappings one after the other."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, bool):
        yield gettext("yes") if value else gettext("no")
    elif value is not None:
        yield str(_choices().get(str(value), value))


def _choices() -> dict[str, object]:
    fields = {
        field.name: field.verbose_name
        for model in (Matter, Party, User)
        for field in model._meta.fields
    }
    labels = [*Party.Role.choices, *User.Role.choices, *Matter.Status.choices]
    labels += ConflictRuling.Verdict.choices
    return {**fields, **{str(value): label for value, label in labels}}
