"""Set a document: a typst template and plain data in, the same PDF out every time.

A template is ours and data is theirs. What people and evidence wrote is passed as data, which
typst shows as text and never reads as markup. Templates see the house style as ``/house.typ``,
the data as ``inputs`` (exported by it), and each ``bytes`` input as ``file(name)``. They reach no
file and no network: the project is held in memory, its root is an empty folder, and packages are
refused.

    typeset('#import "/house.typ": *\\n#show: house\\n#said(inputs.title)',
            inputs={"title": "A. v. State"})
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

import typst

from amparo.base.errors import TypesettingFailed

__all__ = ["Input", "Standard", "typeset"]

Input = object  # bytes (file(name) in the template), or what JSON can say (a key of inputs)
Standard = Literal["1.7", "2.0", "a-2b", "a-2u", "a-3b", "a-3u", "ua-1"]

_FONT_PACKAGES = (
    "fontpkg_amiri",
    "fontpkg_noto_serif",
    "fontpkg_noto_sans",
    "fontpkg_noto_sans_arabic",
)
_SYSTEM_NOTO = (
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/google-noto",
    "/usr/share/fonts/google-noto-vf",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/noto",
    "/usr/share/fonts/noto-cjk",
)
_MAIN = "main.typ"
_HOUSE = "house.typ"
_DATA = "inputs.json"
_PACKAGE = re.compile(r'(?:import|include)[\s(]*"@')
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def typeset(
    source: str,
    *,
    inputs: Mapping[str, Input],
    parts: Mapping[str, str] | None = None,
    made_at: datetime | None = None,
    standard: Standard | None = None,
    tagged: bool = True,
) -> bytes:
    """Set the typst text ``source`` with ``inputs`` and give the bytes of the PDF.

    An input of type ``bytes`` is had as ``file(name)``, for pictures of up to a few MiB
    (``image(file("seal.png"))``); any other must be representable in JSON and is a key of
    ``inputs``. The same arguments give the same bytes.
    ``parts`` are further templates of ours, which ``source`` imports by ``/name``.
    ``made_at`` is the document's date in its metadata; without it there is none.
    ``standard`` asks for a PDF standard, ``tagged`` for the structure that screen readers use.

    Raises TypesettingFailed, with typst's own words about the place.
    """
    ours = {_MAIN: source, **(parts or {})}
    if any(_PACKAGE.search(text) for text in ours.values()):
        raise TypesettingFailed("A page could not be set: its template asks for a package.")
    files = {
        f"{name}.json": json.dumps([*value]).encode()  # typst-py takes text files only
        for name, value in inputs.items()
        if isinstance(value, bytes)
    }
    data = {name: value for name, value in inputs.items() if not isinstance(value, bytes)}
    project = {
        **files,
        **{name: text.encode() for name, text in ours.items()},
        _HOUSE: _house(),
        _DATA: json.dumps(data, ensure_ascii=False, sort_keys=True).encode(errors="replace"),
    }
    return _compile(project, made_at, standard, tagged=tagged)


def _compile(
    project: dict[str, bytes], made_at: datetime | None, standard: Standard | None, *, tagged: bool
) -> bytes:
    """Compile files held in memory, from an empty root, and wrap typst's errors."""
    with tempfile.TemporaryDirectory(prefix="amparo-typeset-") as root:
        try:
            pdf = typst.compile(  # type: ignore[call-overload]  # the stub omits dict
                project,
                root=root,
                font_paths=_fonts(),
                format="pdf",
                pdf_standards=[standard] if standard else [],
                package_path=root,
                package_cache_path=root,
                timestamp=made_at or _EPOCH,
                sys_inputs={"dated": "yes"} if made_at else {},
                pdf_tags=tagged,
            )
        except (typst.TypstError, RuntimeError) as error:
            raise TypesettingFailed(f"A page could not be set: {_words(error)}.") from error
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """Load the fonts once: typst's own, those of our packages, and the system's Noto."""
    packages = [str(resources.files(package) / "files") for package in _FONT_PACKAGES]
    system = [folder for folder in _SYSTEM_NOTO if Path(folder).is_dir()]
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[*packages, *system],
    )


@cache
def _house() -> bytes:
    return (resources.files("amparo.base") / _HOUSE).read_bytes()


def _words(error: RuntimeError) -> str:
    """Give typst's message and the place in the template, on one line."""
    return " ".join(str(getattr(error, "diagnostic", "") or error).split())
