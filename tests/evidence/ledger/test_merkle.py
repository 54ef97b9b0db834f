from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import VerificationError
from amparo.evidence.ledger import merkle

LEAVES = [merkle.leaf(n.to_bytes(4, "big")) for n in range(130)]
TREE = merkle.Tree(LEAVES)
sizes = st.integers(1, len(LEAVES))


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word (over leaf hashes)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return merkle.node(defined_root(leaves[:k]), defined_root(leaves[k:]))


def defined_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*defined_path(m, leaves[:k]), defined_root(leaves[k:])]
    return [*defined_path(m - k, leaves[k:]), defined_root(leaves[:k])]


def defined_proof(m: int, leaves: list[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, section 2.1.2, word for word."""
    if m == len(leaves):
        return [] if whole else [defined_root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*defined_proof(m, leaves[:k], whole), defined_root(leaves[k:])]
    return [*defined_proof(m - k, leaves[k:], False), defined_root(leaves[:k])]


def test_the_known_roots_of_certificate_transparency() -> None:
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    leaves = [merkle.leaf(bytes.fromhex(text)) for text in data]
    assert merkle.Frontier().root().hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert merkle.Tree(leaves).root(1).hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert merkle.Tree(leaves).root(7).hex() == (
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"
    )


@given(st.integers(0, len(LEAVES)))
def test_tree_and_frontier_agree_with_the_definition(size: int) -> None:
    expected = defined_root(LEAVES[:size])
    assert TREE.root(size) == expected
    assert merkle.Tree(LEAVES[:size]).root(size) == expected
    assert merkle.Frontier().extend(LEAVES[:size]).root() == expected


@given(sizes, st.data())
def test_inclusion_proofs_are_as_defined_and_verify(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = TREE.inclusion(index, size)
    assert path == defined_path(index, LEAVES[:size])
    merkle.verify_inclusion(LEAVES[index], index, size, path, TREE.root(size))


@given(sizes, st.data())
def test_consistency_proofs_are_as_defined_and_verify(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    path = TREE.consistency(old, new)
    assert path == defined_proof(old, LEAVES[:new])
    merkle.verify_consistency(old, TREE.root(old), new, TREE.root(new), path)


@given(sizes, st.data())
def test_a_proof_holds_for_its_own_leaf_place_and_tree_only(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = TREE.inclusion(index, size)
    root = TREE.root(size)
    other = data.draw(st.integers(0, len(LEAVES) - 1).filter(lambda n: n != index))
    with pytest.raises(VerificationError):
        merkle.verify_inclusion(LEAVES[other], index, size, path, root)
    with pytest.raises(VerificationError):
        merkle.verify_inclusion(LEAVES[index], other, size, path, root)
    with pytest.raises(VerificationError):
        merkle.verify_inclusion(LEAVES[index], index, size, [*path, bytes(32)], root)
    with pytest.raises(VerificationError):
        merkle.verify_inclusion(LEAVES[index], index, size, path, bytes(32))
    if path:
        with pytest.raises(VerificationError):
            merkle.verify_inclusion(LEAVES[index], index, size, path[:-1], root)


@given(st.integers(2, len(LEAVES)), st.data())
def test_a_rewritten_past_is_not_consistent(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    place = data.draw(st.integers(0, old - 1))
    rewritten = merkle.Tree([*LEAVES[:place], bytes(32), *LEAVES[place + 1 : new]])
    with pytest.raises(VerificationError, match="consistency proof"):
        merkle.verify_consistency(
            old, TREE.root(old), new, rewritten.root(new), rewritten.consistency(old, new)
        )


@given(st.integers(2, len(LEAVES)), st.data())
def test_a_consistency_proof_of_another_length_is_refused(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    path = TREE.consistency(old, new)
    for changed in (path[:-1], [*path, bytes(32)]):
        with pytest.raises(VerificationError):
            merkle.verify_consistency(old, TREE.root(old), new, TREE.root(new), changed)


@pytest.mark.parametrize(("index", "size"), [(5, 5), (-1, 5), (0, 0), (0, 131)])
def test_there_is_no_proof_of_a_leaf_outside(index: int, size: int) -> None:
    with pytest.raises(ValueError):
        TREE.inclusion(index, size)


def test_a_frontier_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="2 peaks"):
        merkle.Frontier(3, (bytes(32),))
