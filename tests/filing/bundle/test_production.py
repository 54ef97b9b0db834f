"""A bundle as it comes out: numbers, links, bookmarks, labels, volumes, and nothing lost."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from amparo.base.errors import Cancelled, UsageError
from amparo.filing.bundle.check import check
from amparo.filing.bundle.preparation import prepare
from amparo.filing.bundle.production import produce
from tests.filing.bundle.builders import (
    bundle,
    claims,
    exhibit,
    link_to,
    nothing,
    opened,
    pdf,
    picture,
    request,
)


def words_of(produced, volume=1):
    file = produced.volumes[volume - 1].file
    file.seek(0)
    document = pypdfium2.PdfDocument(file.read())
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def bookmarks(document):
    with document.open_outline() as outline:
        return [(item.title, [child.title for child in item.children]) for item in outline.root]


def assert_holds(asked, produced):
    files = [(volume.name, volume.file) for volume in produced.volumes]
    report = check(files, produced.manifest, limit=asked.most_bytes)
    assert report.findings == ()
    return report


@pytest.mark.parametrize("profile", ["ecthr", "eoir", "generic", "icc", "untb", "uscis"])
def test_every_profile_makes_a_bundle_that_holds(profile):
    exhibits = [
        exhibit(pdf(2), "1", "Passport of A."),
        exhibit(pdf(1, size=(842, 595)), "2", "شهادة محمد بن عبد الله", date="1999?"),
        exhibit(picture((90, 60)), "3", "Photograph", media_type="image/png", name="p.png"),
        exhibit(b"sound", "4", "Recording", media_type="audio/mpeg", name="call.mp3"),
    ]
    asked, produced = bundle(exhibits, profile)
    assert_holds(asked, produced)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar", "uk", "ru"])
def test_every_language_makes_a_bundle_that_holds(language):
    asked, produced = bundle([exhibit(pdf()), exhibit(b"", "B")], "generic", language=language)
    assert_holds(asked, produced)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(612, 792), (792, 612), (300, 200), (3000, 5000), (100, 4000)])
@pytest.mark.parametrize("profile", ["eoir", "generic", "icc"])
def test_pages_of_any_size_and_turn_get_their_number(profile, size, turn):
    asked, produced = bundle([exhibit(pdf(size=size, turn=turn))], profile)
    assert_holds(asked, produced)


@pytest.mark.parametrize("content", ["q 0.5 0 0 0.5 0 0 cm", "Q Q", "q q Q", "Q q 9 0 0 9 0 0 cm"])
def test_pages_that_leave_their_state_open_get_their_number(content):
    asked, produced = bundle([exhibit(pdf(content=content))])
    assert_holds(asked, produced)


def test_numbers_run_from_the_cover_to_the_last_page():
    _, produced = bundle([exhibit(pdf(2)), exhibit(pdf(1), "B")])
    pages = words_of(produced)
    assert [page.endswith(str(n)) or page.startswith(str(n)) for n, page in enumerate(pages, 1)]
    assert "original2" in pages[4]
    assert claims(produced)["exhibits"][1]["pages"][0]["first"] == 7


def test_the_index_says_where_everything_is():
    _, produced = bundle([exhibit(pdf(12), "A", "Long report"), exhibit(pdf(), "B", "Note")])
    index = words_of(produced)[1]
    assert "Longreport" in index
    assert "4–15" in index.replace("\u200b", "")
    assert "17" in index


def test_an_index_of_many_pages_settles():
    exhibits = [
        exhibit(pdf(), str(n), f"Exhibit {n} " + "and more " * (n % 30)) for n in range(150)
    ]
    asked, produced = bundle(exhibits)
    assert produced.layout.index_pages > 5
    assert_holds(asked, produced)


def test_bookmarks_lead_through_the_bundle_and_keep_those_of_exhibits():
    def outline(document):
        with document.open_outline() as made:
            chapter = pikepdf.OutlineItem("Chapter", 0)
            chapter.children.append(pikepdf.OutlineItem("Section", 1))
            made.root.append(chapter)

    _, produced = bundle(
        [exhibit(pdf(2, edit=outline), "A", "Report"), exhibit(pdf(), "B", "Note")]
    )
    assert bookmarks(opened(produced)) == [
        ("Cover", []),
        ("Table of Contents", []),
        ("A  Report", ["Chapter"]),
        ("B  Note", []),
        ("Proof of Service", []),
    ]


def name_destinations(document, kind):
    """Name page 2 "there", in the old way or the new, and link page 1 to it by name."""
    target = Array([document.pages[1].obj, Name.Fit])
    if kind == "tree":
        tree = Dictionary(Names=Array([String("there"), Dictionary(D=target)]))
        document.Root.Names = Dictionary(Dests=document.make_indirect(tree))
        link_to(document, 0, String("there"))
    else:
        document.Root.Dests = document.make_indirect(Dictionary(there=target))
        link_to(document, 0, Name.there)


@pytest.mark.parametrize("kind", ["tree", "old"])
def test_named_places_of_two_exhibits_do_not_collide(kind):
    data = pdf(2, edit=lambda document: name_destinations(document, kind))
    _, produced = bundle([exhibit(data, "A"), exhibit(data, "B")])
    with opened(produced) as document:
        for number in (3, 6):
            (link,) = document.pages[number].obj.Annots
            assert link.Dest[0].objgen == document.pages[number + 1].obj.objgen


def test_links_inside_an_exhibit_still_lead_there():
    def links(document):
        link_to(document, 0, Array([document.pages[2].obj, Name.XYZ, 0, 700, 0]))

    _, produced = bundle([exhibit(pdf(3, edit=links))])
    with opened(produced) as document:
        (link,) = document.pages[3].obj.Annots
        assert link.Dest[0].objgen == document.pages[5].obj.objgen


def test_what_a_form_shows_becomes_part_of_the_page():
    def fill(document):
        look = Stream(
            document, b"BT /F1 12 Tf 2 4 Td (typed) Tj ET", Type=Name.XObject, Subtype=Name.Form,
            BBox=Array([0, 0, 200, 20]), Resources=document.pages[0].obj.Resources,
        )  # fmt: skip
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("typed"),
            Rect=Array([72, 600, 272, 620]), AP=Dictionary(N=look), F=4,
        )  # fmt: skip
        item = document.make_indirect(field)
        document.pages[0].obj.Annots = Array([item])
        document.Root.AcroForm = Dictionary(Fields=Array([item]), NeedAppearances=True)

    _, produced = bundle([exhibit(pdf(edit=fill))])
    assert "typed" in words_of(produced)[3]
    with opened(produced) as document:
        assert "/AcroForm" not in document.Root


def test_a_field_that_was_never_drawn_is_drawn():
    def fill(document):
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("hidden"),
            Rect=Array([72, 600, 272, 620]), DA=String("/Helv 12 Tf 0 g"), F=4,
        )  # fmt: skip
        item = document.make_indirect(field)
        document.pages[0].obj.Annots = Array([item])
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        resources = Dictionary(Font=Dictionary(Helv=font))
        document.Root.AcroForm = Dictionary(Fields=Array([item]), DR=resources)

    _, produced = bundle([exhibit(pdf(edit=fill))])
    assert "hidden" in words_of(produced)[3]


def test_comments_stay_and_move_with_their_page():
    def comment(document):
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Rect=Array([100, 100, 120, 120]),
            Contents=String("look"),
        )
        document.pages[0].obj.Annots = Array([document.make_indirect(note)])

    _, produced = bundle([exhibit(pdf(edit=comment))])
    with opened(produced) as document:
        (note,) = document.pages[3].obj.Annots
        assert str(note.Contents) == "look"
        assert float(note.Rect[0]) == pytest.approx(100 * 762 / 792 + 11.6, abs=0.1)


@pytest.mark.parametrize("action", ["JavaScript", "Launch", "SubmitForm", "ImportData"])
def test_nothing_in_a_bundle_runs(action):
    def arm(document):
        act = Dictionary(S=Name(f"/{action}"), JS=String("app.alert(1)"), F=String("x.exe"))
        document.Root.OpenAction = act
        document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), act])))
        link_to(document, 0, Array([document.pages[0].obj, Name.Fit]))
        document.pages[0].obj.Annots[0].A = act
        document.pages[0].obj.Annots[0].AA = Dictionary(E=act)
        document.pages[0].obj.AA = Dictionary(O=act)

    _, produced = bundle([exhibit(pdf(edit=arm))])
    file = produced.volumes[0].file
    file.seek(0)
    assert b"JavaScript" not in file.read()
    with opened(produced) as document:
        assert not [
            item for item in document.objects
            if isinstance(item, Dictionary) and item.get("/S") == Name(f"/{action}")
        ]  # fmt: skip


def test_a_hidden_layer_stays_hidden():
    def layers(document):
        shown, hidden = (
            document.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in "ab"
        )
        state = Dictionary(OFF=Array([hidden]))
        document.Root.OCProperties = Dictionary(OCGs=Array([shown, hidden]), D=state)
        resources = document.pages[0].obj.Resources
        resources.Properties = Dictionary(L1=shown, L2=hidden)

    _, produced = bundle([exhibit(pdf(edit=layers))])
    with opened(produced) as document:
        (off,) = document.Root.OCProperties.D.OFF
        assert str(off.Name) == "b"
        assert len(document.Root.OCProperties.OCGs) == 2
        assert off.objgen == document.pages[3].obj.Resources.Properties.L2.objgen


def test_keys_inherited_from_the_page_tree_come_along():
    def hoist(document):
        page = document.pages[0].obj
        tree = page.Parent
        for key in ("/MediaBox", "/Resources"):
            tree[key] = page[key]
            del page[key]
        tree.Rotate = 90

    asked, produced = bundle([exhibit(pdf(edit=hoist))])
    assert_holds(asked, produced)
    assert "original1" in words_of(produced)[3]


def test_a_bundle_may_be_an_exhibit_of_a_bundle():
    _, first = bundle([exhibit(pdf(2))])
    first.volumes[0].file.seek(0)
    inner = first.volumes[0].file.read()
    asked, produced = bundle([exhibit(inner, "A", "An earlier bundle")])
    assert_holds(asked, produced)


def big(pages, size):
    """A PDF of that many pages with a random picture of about ``size`` bytes on each."""
    import random

    noise = random.Random(7)

    def fill(document):
        for page in document.pages:
            image = Stream(
                document, noise.randbytes(size), Type=Name.XObject, Subtype=Name.Image, Width=size,
                Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray,
            )  # fmt: skip
            page.obj.Resources.XObject = Dictionary(Im=image)

    return pdf(pages, edit=fill)


def test_volumes_keep_below_the_limit_and_numbers_run_through():
    exhibits = [exhibit(big(10, 60_000), str(n), f"Exhibit {n}") for n in range(1, 5)]
    asked, produced = bundle(exhibits, limit=1_500_000)
    assert len(produced.volumes) > 1
    assert all(volume.size <= 1_500_000 for volume in produced.volumes)
    assert [volume.name for volume in produced.volumes][:2] == ["bundle-1.pdf", "bundle-2.pdf"]
    made = claims(produced)["volumes"]
    assert all(a["last"] + 1 == b["first"] for a, b in zip(made, made[1:], strict=False))
    assert_holds(asked, produced)
    assert "Part1of" in words_of(produced, 1)[0]


def test_an_exhibit_larger_than_a_volume_goes_on_in_the_next():
    asked, produced = bundle([exhibit(big(20, 100_000), "A", "Report")], limit=1_000_000)
    parts = claims(produced)["exhibits"][0]["pages"]
    assert len(parts) == len(produced.volumes) > 2
    assert [part["of_original"][0] for part in parts[1:]] == [
        p["of_original"][1] + 1 for p in parts[:-1]
    ]
    assert bookmarks(opened(produced, 2))[2][0].startswith("Tab A, continued")
    assert_holds(asked, produced)


def test_the_index_leads_into_other_volumes():
    exhibits = [exhibit(big(10, 60_000), str(n)) for n in range(1, 5)]
    _, produced = bundle(exhibits, limit=1_500_000)
    with opened(produced, 1) as document:
        remote = [str(link.A.F.F) for link in document.pages[1].obj.Annots if "/A" in link]
    assert "bundle-2.pdf" in remote


def test_an_estimate_that_was_too_low_is_planned_again():
    """A page's size is not known before it is written: here all of it is on the last page."""

    def fill(document):
        image = Stream(
            document, bytes(range(256)) * 4000, Type=Name.XObject, Subtype=Name.Image, Width=256,
            Height=4000, BitsPerComponent=8, ColorSpace=Name.DeviceGray,
        )  # fmt: skip
        document.pages[-1].obj.Resources.XObject = Dictionary(Im=image)

    exhibits = [exhibit(pdf(40, edit=fill, compress_streams=False), str(n)) for n in range(3)]
    asked, produced = bundle(exhibits, limit=1_400_000)
    assert_holds(asked, produced)


def test_a_limit_that_cannot_be_kept_is_said():
    with pytest.raises(UsageError, match=r"larger than a volume|kept below"):
        bundle([exhibit(big(1, 2_000_000))], limit=1_000_000)


def test_the_manifest_leads_back_to_originals():
    made = exhibit(pdf(3), "A", "شهادة", date="2020-05/2020-07")
    _, produced = bundle([made])
    (described,) = claims(produced)["exhibits"]
    assert described["sha256"] == made.source.sha256
    assert described["path"] == made.source.path
    assert described["date"] == "2020-05/2020-07"
    assert described["pages"] == [
        {"volume": 1, "sheet": 3, "first": 4, "last": 6, "of_original": [1, 3]}
    ]


def test_pages_are_called_by_their_numbers():
    _, produced = bundle([exhibit(pdf(2))], "icc")
    with opened(produced) as document:
        assert [page.label for page in document.pages][:2] == ["AMP-0001-0001", "AMP-0001-0002"]


def test_metadata_says_what_it_is():
    _, produced = bundle([exhibit(pdf())], title="A. & B. <v.> State")
    with opened(produced) as document:
        assert document.open_metadata()["dc:title"] == "A. & B. <v.> State"
        assert str(document.docinfo.Title) == "A. & B. <v.> State"
        assert str(document.docinfo.CreationDate) == "D:20261121093000Z"
        assert str(document.Root.Lang) == "en"


def test_the_same_request_makes_the_same_bytes():
    def once():
        _, produced = bundle([exhibit(pdf()), exhibit(picture(), "B", media_type="image/png")])
        return produced.volumes[0].file.read()

    assert once() == once()


def test_an_exhibit_that_breaks_on_the_way_becomes_a_slip():
    """It opened when it was prepared; by the time it is copied the store gives other bytes."""
    asked = request()
    good = prepare(exhibit(pdf(), "A"), asked.profile, nothing)
    broken = prepare(exhibit(pdf(3), "B"), asked.profile, nothing)
    object.__setattr__(broken, "open", lambda: io.BytesIO(b"gone"))
    produced = produce(asked, [good, broken])
    assert [bool(each.slip) for each in produced.exhibits] == [False, True]
    assert_holds(asked, produced)


def test_a_person_may_stop_it():
    def step(_pages):
        raise Cancelled("Stopped.")

    asked = request()
    with pytest.raises(Cancelled):
        produce(asked, [prepare(exhibit(pdf()), asked.profile, nothing)], step=step)


def test_a_bundle_needs_an_exhibit():
    with pytest.raises(UsageError, match="needs an exhibit"):
        produce(request(), [])


def test_a_notice_gets_a_sheet_where_there_are_no_tab_sheets():
    locked = pdf(encryption=pikepdf.Encryption(owner="o", user=""))
    asked, produced = bundle([exhibit(locked, "1"), exhibit(pdf(), "2")], "ecthr")
    pages = claims(produced)["exhibits"]
    assert (pages[0]["pages"][0]["sheet"], pages[1]["pages"][0]["sheet"]) == (3, None)
    assert "protectedagainstchanges" in words_of(produced)[2]
    assert_holds(asked, produced)
