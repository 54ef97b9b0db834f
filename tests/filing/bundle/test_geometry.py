"""Pages of any size and turn stand upright on their sheet, with a strip left clear."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary

from amparo.filing.bundle.geometry import LETTER, View, fit, place_as_shown, view_of

TURNS = (0, 90, 180, 270)


def page(**keys):
    return Dictionary({f"/{key}": value for key, value in keys.items()})


@pytest.mark.parametrize(
    ("keys", "size"),
    [
        ({"MediaBox": Array([0, 0, 612, 792])}, (612, 792)),
        ({"MediaBox": Array([0, 0, 612, 792]), "Rotate": 90}, (792, 612)),
        ({"MediaBox": Array([0, 0, 612, 792]), "Rotate": -90}, (792, 612)),
        ({"MediaBox": Array([612, 792, 0, 0])}, (612, 792)),
        ({"MediaBox": Array([0, 0, 612, 792]), "CropBox": Array([100, 100, 300, 400])}, (200, 300)),
        ({"MediaBox": Array([0, 0, 612, 792]), "CropBox": Array([-9, -9, 900, 900])}, (612, 792)),
        ({"MediaBox": Array([0, 0, 100, 200]), "UserUnit": 2}, (200, 400)),
        ({}, LETTER),
        ({"MediaBox": Array([0, 0, 0, 0])}, LETTER),
        ({"MediaBox": Array([1, 2])}, LETTER),
        ({"MediaBox": pikepdf.String("x"), "Rotate": 45}, LETTER),
        ({"MediaBox": Array([0, 0, 612, 792]), "CropBox": Array([700, 0, 800, 9])}, (612, 792)),
    ],
)
def test_the_view_is_what_a_viewer_shows(keys, size):
    assert view_of(page(**keys)).size == pytest.approx(size)


views = st.builds(
    lambda x, y, width, height, turn, unit: View(x, y, x + width, y + height, turn, unit),
    *[st.floats(-500, 500)] * 2,
    *[st.floats(20, 3000)] * 2,
    st.sampled_from(TURNS),
    st.sampled_from([1.0, 2.5]),
)


def shown(view, x, y):
    """Where a point of the page's own coordinates is, from the lower left as shown."""
    for_x, for_y = (place_as_shown(view, 1, 0), place_as_shown(view, 0, 1))
    origin = place_as_shown(view, 0, 0)
    across = (for_x[4] - origin[4], for_x[5] - origin[5])
    up = (for_y[4] - origin[4], for_y[5] - origin[5])
    by = (x - origin[4], y - origin[5])
    length = across[0] ** 2 + across[1] ** 2
    return (
        (by[0] * across[0] + by[1] * across[1]) / length,
        (by[0] * up[0] + by[1] * up[1]) / length,
    )


@given(views, st.sampled_from([None, LETTER]), st.booleans())
def test_a_page_fits_its_sheet_and_leaves_the_strip(view, sheet, at_top):
    matrix, new = fit(view, sheet, 30, at_top=at_top)
    scale, _, _, _, left, bottom = matrix
    corners = [
        shown(new, x * scale + left, y * scale + bottom)
        for x in (view.x0, view.x1)
        for y in (view.y0, view.y1)
    ]
    xs, ys = zip(*corners, strict=True)
    low, high = (0, new.size[1] - 30) if at_top else (30, new.size[1])
    assert min(xs) >= -0.01
    assert max(xs) <= new.size[0] + 0.01
    assert min(ys) >= low - 0.01
    assert max(ys) <= high + 0.01
    assert scale <= view.unit + 1e-9
    assert (new.size[0] > new.size[1]) == (view.size[0] > view.size[1]) or sheet is None


@pytest.mark.parametrize("turn", TURNS)
def test_the_lower_left_as_shown_is_a_corner(turn):
    view = View(10, 20, 110, 220, turn)
    corner = place_as_shown(view, 0, 0)[4:]
    assert corner == {0: (10, 20), 90: (110, 20), 180: (110, 220), 270: (10, 220)}[turn]


def test_a_lying_page_gets_a_lying_sheet():
    _, new = fit(View(0, 0, 1000, 500), LETTER, 30, at_top=False)
    assert new.size == (792, 612)


def test_an_endless_page_is_brought_within_what_viewers_take():
    _, new = fit(View(0, 0, 2000, 2000, unit=100), None, 30, at_top=False)
    assert max(new.size) <= 14_400.01
