"""The language of a page: the model, held to its letters."""

import pytest

from amparo.extract.language import dominant_script, identify

SENTENCES = {
    "ar": "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق وقد وهبوا عقلاً وضميراً",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند",
    "ur": "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں انہیں ضمیر",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах",
    "en": "All human beings are born free and equal in dignity and rights",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits",
    "ko": "모든 인간은 태어날 때부터 자유로우며",
    "ja": "すべての人間は、生まれながらにして自由であり",
    "zh": "人人生而自由,在尊严和权利上一律平等",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_a_sentence_is_recognised(language: str, text: str) -> None:
    assert identify(text).language == language


@pytest.mark.parametrize("text", ["", "12.03.2021", "ok", "A-123 / 77", "Kyiv 2022"])
def test_short_text_is_unknown(text: str) -> None:
    assert identify(text).language is None


def test_letters_overrule_the_model() -> None:
    assert identify("Її їжу з’їли її діти, є ще ґанок і їжак, і їхні її").language == "uk"


def test_the_script_is_that_of_most_letters() -> None:
    assert dominant_script("Article 5: حق الحياة مكفول للجميع بلا تمييز")[0] == "ARABIC"
    assert dominant_script("2021")[1] == 0
