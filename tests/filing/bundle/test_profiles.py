"""Profiles are data that is checked: what is misspelt is named, what is unread is marked."""

import pytest
import yaml

from amparo.base.errors import UsageError
from amparo.filing.bundle.profiles import load, names
from amparo.filing.bundle.profiles.schema import read
from amparo.filing.bundle.words import LANGUAGES, words


def raw(**changes):
    from importlib import resources

    text = (resources.files("amparo.filing.bundle.profiles") / "eoir.yaml").read_text("utf-8")
    return yaml.safe_load(text) | changes


def test_the_named_profiles_are_there():
    assert set(names()) >= {"ecthr", "eoir", "generic", "icc", "untb", "uscis"}


@pytest.mark.parametrize("name", names())
def test_every_profile_reads_and_says_its_own_name(name):
    assert load(name).id == name


@pytest.mark.parametrize("name", names())
def test_only_what_was_read_in_the_primary_text_counts_as_verified(name):
    assert not any(note.verified for note in load(name).sources)
    assert all(note.checked for note in load(name).sources if note.read != "unread")


def test_blanks_of_certificates_are_all_named():
    for name in names():
        for certificate in load(name).certificates.values():
            asked = set("".join(certificate.text).replace("}", "{").split("{")[1::2])
            assert asked - {"document"} <= set(certificate.blanks)
            assert set(certificate.below) <= set(certificate.blanks)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"pages": {}}, "the key 'pages'"),
        ({"page": {"size": "a5", "fit": "shrink"}}, "profile.page.size"),
        ({"page": {"size": "a4"}}, "fit"),
        ({"numbering": {"prefix": "", "digits": "4", "place": "top-right"}}, "numbering.digits"),
        ({"languages": "en"}, "profile.languages"),
    ],
)
def test_what_is_wrong_with_a_profile_is_named(changes, named):
    with pytest.raises(UsageError, match=named):
        read(raw(**changes))


def test_an_unknown_profile_names_the_known():
    with pytest.raises(UsageError, match="Choose one of: ecthr, eoir"):
        load("nowhere")


def test_a_profile_refuses_a_language_that_it_does_not_take():
    with pytest.raises(UsageError, match="does not take the language 'ar'"):
        load("eoir", "ar")


def test_words_come_from_the_language_where_a_profile_leaves_them():
    assert load("generic", "es").index.title == "Índice de anexos"
    assert load("generic", "ar").tabs.word == "المرفق"


def test_an_organisation_may_have_its_own_profile(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(yaml.safe_dump(raw(id="ours"), allow_unicode=True), "utf-8")
    assert load(str(path)).id == "ours"


def test_every_language_says_everything():
    english = words("en")
    for language in LANGUAGES:
        said = words(language)
        assert said.keys() == english.keys()
        for group in ("notices", "reasons"):
            assert said[group].keys() == english[group].keys()
            for code, sentence in english[group].items():
                assert holes(said[group][code]) == holes(sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_certificates_ask_for_the_same_in_every_language(language):
    english, other = load("generic"), load("generic", language)
    for key, certificate in english.certificates.items():
        assert holes("".join(other.certificates[key].text)) == holes("".join(certificate.text))
        assert other.certificates[key].blanks.keys() == certificate.blanks.keys()


def holes(sentence):
    return set(sentence.replace("}", "{").split("{")[1::2])
