import pytest

from amparo.base.numbers import whole, wholes


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("007", 7), ("٣١", 31), ("12345678", 12345678)]
)
def test_a_number_is_read_in_the_digits_of_any_script(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "²", " 1", "one", "123456789", "9" * 5000])
def test_what_is_no_number_is_as_if_none_was_given(text: str | None) -> None:
    assert whole(text, 4) == 4
    assert whole(text) is None


def test_a_number_of_too_many_digits_is_none() -> None:
    assert [whole(text, 0, digits=3) for text in ("999", "1000")] == [999, 0]


def test_the_numbers_are_picked_out_of_what_was_ticked() -> None:
    assert wholes(["3", "x", "", "12", "3", "9" * 5000]) == {3, 12}
