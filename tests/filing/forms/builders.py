"""A small official form made on the spot, with what makes real ones difficult."""

import io
import json

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from amparo.filing.forms.answers import read_answers
from amparo.filing.forms.blank.fields import Field, read_fields
from amparo.filing.forms.blank.opening import open_form
from amparo.filing.forms.maps import Additional, Asked, FormMap, Slot
from amparo.filing.forms.production import fill
from amparo.filing.forms.reading import read_form

COMB, MULTILINE, RADIO, READ_ONLY = 1 << 24, 1 << 12, 1 << 15, 1
PRINTED = (
    (40, 765, "Family Name"),
    (40, 715, "SSN"),
    (40, 665, "Date of Birth"),
    (62, 612, "Male"),
    (122, 612, "Female"),
    (40, 575, "State"),
    (40, 525, "Explain"),
    (40, 15, "Form X-100 Edition 01/20/25 Page {page} of {pages}"),
)


def text_field(name, rect, tip="", *, flags=0, length=None, value=None, size=9):
    made = Dictionary(
        FT=Name.Tx, T=String(name), TU=String(tip or name), Ff=flags, DA=String(f"/Cour {size} Tf")
    )
    if length:
        made.MaxLen = length
    if value is not None:
        made.V = String(value)
    return made, rect


def box_field(name, rect, state, tip=""):
    return Dictionary(FT=Name.Btn, T=String(name), TU=String(tip or name), Ff=0), rect, state


def usual():
    """Fields as agencies make them: combs, lengths, padded choices, wrong stored values."""
    return [
        text_field("form1[0].Name[0]", (40, 745, 240, 761), "Part 1. 1. Enter Family Name"),
        text_field("form1[0].SSN[0]", (40, 695, 202, 711), "2. SSN", flags=COMB, length=9),
        text_field("form1[0].Short[0]", (300, 695, 480, 711), "3. Enter Street", length=34),
        text_field(
            "form1[0].DOB[0]",
            (40, 645, 140, 661),
            "4. Enter Date of Birth. Enter as 2-digit Month, 2-digit Day and 4-digit Year.",
        ),
        box_field("form1[0].Sex[0]", (48, 610, 58, 620), "F", "5. Sex. Select Male."),
        box_field("form1[0].Sex[1]", (108, 610, 118, 620), "M", "5. Sex. Select Female."),
        (
            Dictionary(
                FT=Name.Ch,
                T=String("form1[0].State[0]"),
                TU=String("6. Select State"),
                Ff=1 << 17,
                DA=String("/Cour 9 Tf"),
                Opt=Array([Array([String(f"{a} "), String(f" {a}")]) for a in ("", "CA", "MD")]),
            ),
            (40, 555, 76, 571),
        ),
        text_field("form1[0].Story[0]", (40, 440, 560, 521), "Part 2. 7. Explain", flags=MULTILINE),
        text_field("form1[0].MorePage[0]", (40, 350, 80, 366), "Enter Page Number", length=2),
        text_field("form1[0].MorePart[0]", (100, 350, 140, 366), "Enter Part Number", length=6),
        text_field("form1[0].MoreItem[0]", (160, 350, 200, 366), "Enter Item Number", length=6),
        text_field("form1[0].More[0]", (40, 60, 560, 345), "More", flags=MULTILINE),
    ]


def form(fields=None, *, pages=1, edit=None, codes=("X-100|01/20/25|1",), xfa=True, **save):
    """The PDF's bytes. ``codes`` are the values of the barcodes, page by page."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    all_fields = pdf.make_indirect(Array())
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(612, 792))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(_printed(number, pages))
        page.obj.Annots = pdf.make_indirect(Array())
        if number <= len(codes):
            _add(pdf, page, all_fields, *_barcode(pdf, codes[number - 1]))
    for field in usual() if fields is None else fields:
        _add(pdf, pdf.pages[0], all_fields, *field)
    pdf.Root.AcroForm = Dictionary(Fields=all_fields, DR=Dictionary(), SigFlags=2)
    pdf.Root.Perms = Dictionary(UR3=Dictionary())
    if xfa:
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")
    if edit:
        edit(pdf)
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def _printed(number, pages):
    lines = (
        f"BT /F1 8 Tf {x} {y} Td ({text.format(page=number, pages=pages)}) Tj ET"
        for x, y, text in PRINTED
    )
    return "\n".join(lines).encode()


def _barcode(pdf, value):
    image = pdf.make_stream(
        bytes(range(200)),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=40,
        Height=5,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )
    look = pdf.make_stream(
        b"q 200 0 0 18 0 0 cm /Im0 Do Q",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 18]),
        Resources=Dictionary(XObject=Dictionary(Im0=image)),
    )
    made = Dictionary(FT=Name.Tx, T=String("PDF417BarCode1[0]"), V=String(value), Ff=1)
    made.AP = Dictionary(N=look)
    return made, (300, 12, 500, 30)


def _add(pdf, page, fields, made, rect, state=None):
    made.Type, made.Subtype, made.F = Name.Annot, Name.Widget, 4
    made.Rect = Array(list(rect))
    if state is not None:
        cross = pdf.make_stream(
            b"q 1 w 2 2 m 8 8 l 2 8 m 8 2 l S Q",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 10, 10]),
        )
        made.AP = Dictionary(N=Dictionary({f"/{state}": cross}))
        made.AS = Name.Off
    widget = pdf.make_indirect(made)
    page.obj.Annots.append(widget)
    fields.append(widget)


def own_map(data, **changes):
    """A map of the usual form."""
    asked = {
        "1:Name[0]": Asked(("applicant.name.family",), item="1:1"),
        "1:SSN[0]": Asked(("applicant.ssn",), item="1:2", format="ssn"),
        "1:Short[0]": Asked(("applicant.home.street",), item="1:3"),
        "1:DOB[0]": Asked(("applicant.birth.date",), item="1:4", format="date"),
        "1:Sex[0]": Asked(("applicant.sex",), tick="male", label="Male", item="1:5"),
        "1:Sex[1]": Asked(("applicant.sex",), tick="female", label="Female", item="1:5"),
        "1:State[0]": Asked(("applicant.home.state",), item="1:6", format="state"),
        "1:Story[0]": Asked(("story",), item="2:7"),
        "1:More[0]": Asked(("more",)),
        "1:MorePage[0]": Asked(("more_page",)),
        "1:MorePart[0]": Asked(("more_part",)),
        "1:MoreItem[0]": Asked(("more_item",)),
    }
    slot = Slot("1:More[0]", "1:MorePage[0]", "1:MorePart[0]", "1:MoreItem[0]")
    return FormMap(
        form="X-100",
        edition="01/20/25",
        title="A form",
        pages=1,
        fingerprint=read_form(data).identity.fingerprint,
        checked="2026-11-22",
        reviewed="by this test",
        fields=asked | changes.get("fields", {}),
        additional=changes.get("additional", Additional("Part 9", (slot,))),
        first_only=changes.get("first_only", ()),
    )


def filled(answers, data=None, **changes):
    """Fill the usual form."""
    data = form() if data is None else data
    return fill(data, read_answers(json.dumps(answers)), own_map(data, **changes))


def line(made, key):
    """The entry of a field."""
    return next(entry for entry in made.plan.entries if entry.field.key == key)


def fields_of(data):
    with open_form(data) as pdf:
        return read_fields(pdf)


def field(**changes):
    """A field of 200 by 16 points."""
    base = {
        "key": "1:F",
        "page": 1,
        "name": "F",
        "kind": "text",
        "rect": (0, 0, 200, 16),
        "size": 9.0,
    }
    return Field(**(base | changes))
