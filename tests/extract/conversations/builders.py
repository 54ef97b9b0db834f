"""Archives of messages, invented: the same chat as phones of many languages would export it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from amparo.extract.conversations import read
from amparo.extract.reading import Message, Reading

RLM, LRM, NNBSP = "\u200f", "\u200e", "\u202f"
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FIRST = datetime(2021, 3, 4, 9, 5, 7)


@dataclass(frozen=True)
class Phone:
    """How a phone writes: the head of a line, and its own phrases."""

    head: Callable[[datetime], str]
    encrypted: str
    left_out: str
    attached: Callable[[str], str]
    deleted: str


def _arabic(when: datetime) -> str:
    half = "ص" if when.hour < 12 else "م"
    hour = when.hour % 12 or 12
    text = f"{RLM}{when.day}{RLM}/{when.month}{RLM}/{when.year}، {hour}:{when:%M} {half}"
    return text.translate(ARABIC) + " - "


PHONES = {
    "en": Phone(
        lambda when: f"[{when.month}/{when.day}/{when:%y}, {when:%I:%M:%S}{NNBSP}{when:%p}] ",
        f"{LRM}Messages and calls are end-to-end encrypted.",
        f"{LRM}image omitted",
        lambda name: f"{LRM}<attached: {name}>",
        f"{LRM}This message was deleted.",
    ),
    "es": Phone(
        lambda when: (
            f"{when.day}/{when.month}/{when:%y}, {when.hour % 12 or 12}:{when:%M}{NNBSP}"
            f"{'a' if when.hour < 12 else 'p'}.{NNBSP}m. - "
        ),
        "Los mensajes y las llamadas están cifrados de extremo a extremo.",
        "<Multimedia omitido>",
        lambda name: f"{LRM}{name} (archivo adjunto)",
        "Se eliminó este mensaje.",
    ),
    "fr": Phone(
        lambda when: f"{when:%d/%m/%Y} à {when:%H:%M} - ",
        "Les messages et les appels sont chiffrés de bout en bout.",
        "<Médias omis>",
        lambda name: f"{LRM}{name} (fichier joint)",
        "Ce message a été supprimé",
    ),
    "ar": Phone(
        _arabic,
        "الرسائل والمكالمات مشفرة تمامًا بين الطرفين.",
        "<تم استبعاد الوسائط>",
        lambda name: f"{RLM}{name} (الملف مرفق)",
        "تم حذف هذه الرسالة",
    ),
    "uk": Phone(
        lambda when: f"{when:%d.%m.%y}, {when:%H:%M} - ",
        "Повідомлення та виклики захищені наскрізним шифруванням.",
        "<Медіа пропущено>",
        lambda name: f"{LRM}{name} (файл додано)",
        "Це повідомлення видалено",
    ),
    "ru": Phone(
        lambda when: f"[{when:%d.%m.%Y}, {when:%H:%M:%S}] ",
        f"{LRM}Сообщения и звонки защищены сквозным шифрованием.",
        f"{LRM}изображение отсутствует",
        lambda name: f"{LRM}<прикреплено: {name}>",
        f"{LRM}Данное сообщение удалено",
    ),
}

NAMES = {
    "en": ("Rosa Ortega", "+1 (202) 555-0101"),
    "es": ("Rosa Ortega", "Tomás Núñez"),
    "fr": ("Aïcha Benali", "Jean Petit"),
    "ar": ("سلمى حداد", "نور"),
    "uk": ("Оксана Бондар", "Петро"),
    "ru": ("Мария Белова", "Пётр"),
}


def moments(count: int, *, step: timedelta = timedelta(minutes=37)) -> Sequence[datetime]:
    return [FIRST + step * number for number in range(count)]


def chat(language: str, count: int = 6, *, times: Sequence[datetime] | None = None) -> str:
    """A chat of ``count`` messages: the fourth has a file, the fifth lost one, the sixth went."""
    phone, names = PHONES[language], NAMES[language]
    lines = []
    for number, when in enumerate(times or moments(count)):
        words = {
            3: phone.attached("IMG-20210304-WA0001.jpg") + "\n— 5/5 —",
            4: phone.left_out,
            5: phone.deleted,
        }.get(number, f"{number}: 12/7, 10:30 – да, oui, نعم\nsecond line: with a colon")
        lines.append(f"{phone.head(when)}{names[number % 2]}: {words}")
    first = (times or moments(1))[0]
    group = f"{names[0]}: " if "[" in phone.head(first) else ""
    return "\n".join([f"{phone.head(first)}{group}{phone.encrypted}", *lines]) + "\n"


def reading_of(text: str, name: str = "_chat.txt") -> Reading:
    found = read(text, name)
    assert found is not None
    return replace(found, pages=tuple(found.pages))


def messages_of(reading: Reading) -> list[tuple[Message, str]]:
    """Each message with its own words, as its page shows them."""
    return [
        (message, page.text[message.words : message.end])
        for page in reading.pages
        for message in page.messages
    ]
