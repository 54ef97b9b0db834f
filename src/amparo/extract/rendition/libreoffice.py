"""LibreOffice: an office document as PDF pages, in a private folder and with a fresh profile.

Everything lies in one new folder inside ``tempfile``'s (in a worker: private, in memory), which is
removed afterwards, the profile included. Macros are off, remote pictures and links are not
fetched; in a worker there is no network to fetch them from.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from amparo.base import programs
from amparo.base.errors import ProgramFailed, UnreadableFile

__all__ = ["KINDS", "to_pdf", "tool_version"]

KINDS: Mapping[str, tuple[str, str]] = {
    "application/msword": ("doc", "writer"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", "writer"),
    "application/vnd.ms-word.document.macroenabled.12": ("docm", "writer"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template": ("dotx", "writer"),
    "application/vnd.oasis.opendocument.text": ("odt", "writer"),
    "application/vnd.oasis.opendocument.text-template": ("ott", "writer"),
    "application/rtf": ("rtf", "writer"),
    "text/rtf": ("rtf", "writer"),
    "text/html": ("html", "writer"),
    "application/xhtml+xml": ("html", "writer"),
    "application/vnd.ms-excel": ("xls", "calc"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", "calc"),
    "application/vnd.ms-excel.sheet.macroenabled.12": ("xlsm", "calc"),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods", "calc"),
    "application/vnd.ms-powerpoint": ("ppt", "impress"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "pptx",
        "impress",
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow": ("ppsx", "impress"),
    "application/vnd.ms-powerpoint.presentation.macroenabled.12": ("pptm", "impress"),
    "application/vnd.oasis.opendocument.presentation": ("odp", "impress"),
    "application/vnd.oasis.opendocument.graphics": ("odg", "draw"),
}
"""Media types that it sets, each with a file's ending and the module of LibreOffice."""

_MEMORY = 1400 * 2**20
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Common/Misc", "UseOpenCL", "false"),
    ("Common/Help", "ExtendedTip", "false"),
    ("Calc/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Link", "0"),
)


@cache
def tool_version() -> str:
    """Give LibreOffice's version; ProgramMissing when it is not installed."""
    told = programs.run(["soffice", "--version"], timeout=60).stdout.decode("utf-8", "replace")
    found = re.search(r"LibreOffice (\d[\d.]*)", told)
    return found[1] if found else ""


def to_pdf(data: bytes, media_type: str, *, timeout: float) -> bytes:
    """Give a document as a PDF.

    UnreadableFile when LibreOffice cannot open it; ProgramMissing says what to install.
    """
    ending, module = KINDS[media_type]
    folder = Path(tempfile.mkdtemp(prefix="amparo-office-"))
    try:
        source = folder / f"document.{ending}"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        _convert(folder, source, module, timeout)
        made = folder / "out" / "document.pdf"
        if not made.is_file() or not made.stat().st_size:
            raise UnreadableFile(
                "LibreOffice could not open the document: it is damaged, locked, or of a kind "
                "that it does not know."
            )
        return made.read_bytes()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _convert(folder: Path, source: Path, module: str, timeout: float) -> None:
    as_text = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" else []
    command = [
        "soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nolockcheck",
        "--nodefault", "--nofirststartwizard", f"-env:UserInstallation={_address(folder)}/profile",
        *as_text, "--convert-to", f"pdf:{module}_pdf_Export", "--outdir", str(folder / "out"),
        str(source),
    ]  # fmt: skip
    surroundings = {"HOME": str(folder), "TMPDIR": str(folder), "XDG_CACHE_HOME": str(folder)}
    surroundings |= {"XDG_CONFIG_HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    try:
        programs.run(
            command, timeout=timeout, memory=_MEMORY, environment=surroundings, folder=folder
        )
    except ProgramFailed as error:
        raise UnreadableFile(f"The document could not be set to pages: {error.message}") from error


def _address(folder: Path) -> str:
    return folder.resolve().as_uri()


def _write_profile(profile: Path) -> None:
    """Write the settings of a fresh profile before LibreOffice makes the rest of it."""
    (profile / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        "utf-8",
    )
