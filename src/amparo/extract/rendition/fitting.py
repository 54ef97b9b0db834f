"""A workbook prepared for paper: each sheet as wide as its page, unless it says how to print.

Only the copy that is printed is changed: a sheet without a scale of its own is set to fit one
page across and as many down as it needs, on its side when it is wide.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from amparo.extract.parts import BROKEN, local, xml_parser
from amparo.extract.reading import Limits

__all__ = ["fit_sheets"]

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_LARGEST = 64 * 2**20
_WIDE = 7
_AFTER_SETUP = ("headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches",
                "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF",
                "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
                "extLst")  # fmt: skip


def fit_sheets(data: bytes, limits: Limits) -> bytes:
    """Give the workbook with its sheets fitted; as it is when it cannot be changed safely."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            if total > limits.memory // 4 or any(info.flag_bits & 1 for info in infos):
                return data
            return _repacked(archive)
    except (*BROKEN, etree.XMLSyntaxError):
        return data


def _repacked(archive: zipfile.ZipFile) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as fitted:
        for info in archive.infolist():
            part = archive.read(info)
            is_sheet = _SHEET.search(info.filename) and len(part) <= _LARGEST
            fitted.writestr(info.filename, _fitted(part) if is_sheet else part)
    return made.getvalue()


def _fitted(part: bytes) -> bytes:
    root = etree.fromstring(part, xml_parser())
    if local(root) != "worksheet":
        return part
    children = {local(child): child for child in root}
    setup, properties = children.get("pageSetup"), children.get("sheetPr")
    page = _named(properties, "pageSetUpPr")
    scaled = setup is not None and setup.get("scale", "100") != "100"
    if scaled or (page is not None and page.get("fitToPage") in ("1", "true")):
        return part
    space = str(root.tag).removesuffix("worksheet")
    if properties is None:
        properties = etree.Element(f"{space}sheetPr")
        root.insert(0, properties)
    if page is None:
        page = etree.SubElement(properties, f"{space}pageSetUpPr")
    page.set("fitToPage", "1")
    if setup is None:
        setup = etree.Element(f"{space}pageSetup")
        place = sum(1 for child in root if local(child) not in _AFTER_SETUP)
        root.insert(place, setup)
    setup.set("fitToHeight", "0")
    if setup.get("orientation") is None and _columns(root) > _WIDE:
        setup.set("orientation", "landscape")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _named(holder: etree._Element | None, name: str) -> etree._Element | None:
    children = holder if holder is not None else ()
    return next((child for child in children if local(child) == name), None)


def _columns(root: etree._Element) -> int:
    """Give how many cells the widest of the first rows has."""
    widest = 0
    data = next((child for child in root if local(child) == "sheetData"), None)
    for row in list(data)[:200] if data is not None else ():
        widest = max(widest, len(row))
    return widest
