"""What a picture says of itself: EXIF (CIPA DC-008), IPTC-IIM and XMP (ISO 16684-1) as plain facts.

Values stay as stated. Times become EDTF (the camera's own clock, with the zone when it states
one); coordinates are kept as stated and, beside it, in decimal degrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree
from PIL import ExifTags, Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

from amparo.extract.charsets import decode
from amparo.extract.parts import local, xml_parser

__all__ = ["facts", "orientation", "words"]

_LONGEST = 4000
_ORIENTATION = 0x0112
_THUMBNAIL = 0x0201
_UNTOLD = frozenset({"MakerNote", "PrintImageMatching", "JPEGTables", "StripOffsets",
                     "StripByteCounts", "TileOffsets", "TileByteCounts", "ExifOffset", "GPSInfo",
                     "XMLPacket", "InterColorProfile", "ImageResources", "IPTCNAA", "ColorMap",
                     "StripNewLine", "TransferFunction", "ExifInteroperabilityOffset",
                     "ComponentsConfiguration", "SceneType", "FileSource",
                     "CFAPattern"})  # fmt: skip
_PLAIN: Mapping[str, str] = {
    "ImageDescription": "description", "Artist": "creator", "Copyright": "rights",
    "Software": "producer", "XPTitle": "title", "XPAuthor": "creator", "XPKeywords": "keywords",
    "XPSubject": "subject", "XPComment": "description",
}  # fmt: skip
_IPTC: Mapping[tuple[int, int], str] = {
    (2, 5): "title", (2, 80): "creator", (2, 120): "description", (2, 25): "keywords",
    (2, 116): "rights", (2, 55): "iptc:date created", (2, 60): "iptc:time created",
    (2, 90): "iptc:city", (2, 92): "iptc:place", (2, 95): "iptc:province", (2, 101): "iptc:country",
    (2, 105): "iptc:headline", (2, 110): "iptc:credit", (2, 115): "iptc:source",
}  # fmt: skip
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DIRECT = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_XMP_UNTOLD = ("xmlns", "about", "parseType", "resource", "lang", "xmptk")


def facts(image: Image.Image) -> dict[str, str]:
    """Give all facts of a picture; what is damaged is left out."""
    found: dict[str, str] = {}
    for source in (_exif, _iptc, _xmp):
        try:
            for key, value in source(image):
                if value.strip():
                    found.setdefault(key, value.strip()[:_LONGEST])
        except (ValueError, TypeError, KeyError, OSError, SyntaxError, AttributeError, IndexError):
            found[f"damaged {source.__name__.strip('_')}"] = "yes"
    return found


def orientation(image: Image.Image) -> int:
    """Give the EXIF orientation, 1 to 8; 1 when it says none."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (ValueError, TypeError, SyntaxError, OSError, KeyError):
        return 1


def words(value: object) -> str:
    """Give a value of any of EXIF's types as text."""
    if isinstance(value, bytes):
        return _text(value)
    if isinstance(value, tuple | list):
        return " ".join(words(each) for each in value[:64])
    return str(value).strip("\x00 ")


def _exif(image: Image.Image) -> Iterator[tuple[str, str]]:
    exif = image.getexif()
    main = {ExifTags.TAGS.get(tag, f"0x{tag:04X}"): value for tag, value in exif.items()}
    shot = {
        ExifTags.TAGS.get(tag, f"0x{tag:04X}"): value
        for tag, value in exif.get_ifd(ExifTags.IFD.Exif).items()
    }
    place = {
        ExifTags.GPSTAGS.get(tag, str(tag)): value
        for tag, value in exif.get_ifd(ExifTags.IFD.GPSInfo).items()
    }
    yield "created", _moment(shot, "Original") or _moment(shot, "Digitized")
    yield "modified", _moment({**shot, **main}, "")
    yield from _place(place)
    for name, value in (*main.items(), *shot.items()):
        if name in _UNTOLD or name.startswith("0x"):
            continue
        if name.startswith("XP") and isinstance(value, bytes | tuple):
            value = bytes(value).decode("utf-16-le", "replace")
        yield (
            _PLAIN.get(name, f"exif:{name}"),
            _comment(value) if name == "UserComment" else words(value),
        )
    yield from (
        (f"exif:{name}", words(value)) for name, value in place.items() if name != "GPSVersionID"
    )
    if _THUMBNAIL in exif.get_ifd(ExifTags.IFD.IFD1):
        yield "exif:thumbnail", "present"


def _moment(values: Mapping[str, object], which: str) -> str:
    stated = words(values.get(f"DateTime{which}", ""))
    found = _DIRECT.search(stated)
    if not found or found[1] == "0000":
        return ""
    offset = words(values.get(f"OffsetTime{which}", ""))
    zone = offset if re.fullmatch(r"[+-]\d\d:\d\d|Z", offset) else ""
    return "{}-{}-{}T{}:{}:{}".format(*found.groups()) + zone


def _place(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    latitude = _degrees(values.get("GPSLatitude"), words(values.get("GPSLatitudeRef", "")))
    longitude = _degrees(values.get("GPSLongitude"), words(values.get("GPSLongitudeRef", "")))
    if latitude is not None and longitude is not None:
        yield "coordinates", f"{latitude:.6f}, {longitude:.6f}"
    day, time = words(values.get("GPSDateStamp", "")), values.get("GPSTimeStamp")
    if re.fullmatch(r"\d{4}:\d\d:\d\d", day) and isinstance(time, tuple) and len(time) == 3:
        hours, minutes, seconds = (int(float(part)) for part in time)
        stated = f"{day.replace(':', '-')}T{hours:02d}:{minutes:02d}:{seconds:02d}Z"
        yield "satellite time", stated


def _degrees(value: object, half: str) -> float | None:
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in value)
    except (ZeroDivisionError, ValueError, TypeError):
        return None
    size = degrees + minutes / 60 + seconds / 3600
    return None if size != size else -size if half.upper() in ("S", "W") else size


def _comment(value: object) -> str:
    """Decode a user comment, which names its encoding in eight bytes."""
    if not isinstance(value, bytes) or len(value) < 8:
        return words(value)
    mark, text = value[:8], value[8:]
    if mark.startswith(b"UNICODE"):
        return text.decode(
            "utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-be", "replace"
        )
    return _text(text)


def _iptc(image: Image.Image) -> Iterator[tuple[str, str]]:
    found = (IptcImagePlugin.getiptcinfo(image) or {}) if isinstance(image, ImageFile) else {}
    for key, value in found.items():
        if name := _IPTC.get(key):
            values = value if isinstance(value, list) else [value]
            yield name, "; ".join(_text(each) for each in values)


def _xmp(image: Image.Image) -> Iterator[tuple[str, str]]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    data = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not data.strip(b"\x00 \n"):
        return
    root = etree.fromstring(data.strip(b"\x00"), xml_parser())
    for element in root.iter():
        for key, value in element.attrib.items():
            name = etree.QName(key).localname
            if name not in _XMP_UNTOLD and not str(key).endswith("}about"):
                yield f"xmp:{name}", str(value)
        text = (element.text or "").strip()
        if text:
            yield f"xmp:{_holder(element)}", text


def _holder(element: etree._Element) -> str:
    """Give the property that a list item belongs to."""
    while local(element) in ("li", "Alt", "Seq", "Bag") and element.getparent() is not None:
        parent = element.getparent()
        assert parent is not None
        element = parent
    return local(element)


def _text(value: bytes) -> str:
    bare = value.rstrip(b"\x00 ")
    if len(bare) > _LONGEST or _BINARY.search(bare):
        return f"({len(value)} bytes)"
    return decode(bare).text if bare else ""
