"""The short way in, as a notebook uses it."""

from __future__ import annotations

from pathlib import Path

from amparo.patterns import estimate


def test_the_public_face_is_short_and_works(tmp_path: Path) -> None:
    file = tmp_path / "lists.csv"
    file.write_text(
        "a,b,c,n\n1,0,0,80\n0,1,0,70\n0,0,1,60\n1,1,0,20\n1,0,1,15\n0,1,1,18\n1,1,1,6\n"
    )
    answer = estimate.estimate(estimate.from_csv(file), "loglinear")
    assert not answer.refused
    assert {"estimate", "from_csv", "from_frame", "Settings"} < set(estimate.__all__)
    assert all(hasattr(estimate, name) for name in estimate.__all__)
