import dataclasses

import pyrage
import pytest

from amparo.base import keys
from amparo.base.errors import UsageError, WorkspaceError, WrongPassphrase
from amparo.base.keys import CHEAP, Keyring

KEYRING = Keyring.from_data_key(bytes(range(32)))
DATABASE_KEY = "fd05fff407002b6a"
RECIPIENT = "age1m9qgh7j6pqcpwm7vuautz9cwtt7t0nrlp4jq7tv02rqv3djy2umq5g8rnu"


@pytest.fixture(scope="module")
def new() -> keys.NewKeys:
    return keys.create("correct horse", params=CHEAP)


def test_passphrase_and_code_open_the_same_keys(new: keys.NewKeys) -> None:
    assert keys.unlock(new.wrapped, "correct horse") == new.keyring
    assert keys.unlock_with_recovery(new.wrapped, new.recovery_code) == new.keyring


def test_another_passphrase_is_refused_with_a_next_step(new: keys.NewKeys) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        keys.unlock(new.wrapped, "Correct horse")
    assert caught.value.next_step
    assert caught.value.exit_code == 4


def test_a_passphrase_is_one_on_every_keyboard(new: keys.NewKeys) -> None:
    wrapped = keys.rewrap(new.wrapped, new.keyring, "caf\u00e9\u00a0noir", params=CHEAP)
    assert keys.unlock(wrapped, "cafe\u0301 noir") == new.keyring


def test_a_new_passphrase_changes_one_box_only(new: keys.NewKeys) -> None:
    wrapped = keys.rewrap(new.wrapped, new.keyring, "battery staple", params=CHEAP)
    assert wrapped["recovery"] == new.wrapped["recovery"]
    assert keys.unlock(wrapped, "battery staple") == new.keyring
    with pytest.raises(WrongPassphrase):
        keys.unlock(wrapped, "correct horse")


def test_a_new_recovery_code_ends_the_old_one(new: keys.NewKeys) -> None:
    wrapped, code = keys.replace_recovery_code(new.wrapped, new.keyring)
    assert keys.unlock_with_recovery(wrapped, code) == new.keyring
    with pytest.raises(WrongPassphrase, match="another workspace"):
        keys.unlock_with_recovery(wrapped, new.recovery_code)


def test_a_mistyped_code_names_the_group(new: keys.NewKeys) -> None:
    first = new.recovery_code[0]
    wrong = ("2" if first != "2" else "3") + new.recovery_code[1:]
    with pytest.raises(WrongPassphrase, match="Group 1"):
        keys.unlock_with_recovery(new.wrapped, wrong)


@pytest.mark.parametrize("passphrase", ["", " ", "\u3000"])
def test_no_workspace_without_a_passphrase(passphrase: str) -> None:
    with pytest.raises(UsageError):
        keys.create(passphrase, params=CHEAP)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("memory_kib", 2**40),
        ("iterations", 0),
        ("lanes", "4"),
        ("salt", "!"),
        ("salt", "AAAA"),
        ("nonce", ""),
        ("box", "AAAA"),
    ],
)
def test_damaged_terms_are_named(new: keys.NewKeys, term: str, value: str | int) -> None:
    wrapped = {**new.wrapped, "passphrase": {**new.wrapped["passphrase"], term: value}}
    with pytest.raises(WorkspaceError, match=term):
        keys.unlock(wrapped, "correct horse")


@pytest.mark.parametrize("wrapped", [{}, {"passphrase": 7}])
def test_a_missing_box_is_named(wrapped: keys.Wrapped) -> None:
    with pytest.raises(WorkspaceError, match="passphrase"):
        keys.unlock(wrapped, "x")


def test_terms_are_bound_to_their_box(new: keys.NewKeys) -> None:
    """A box moved to the other name, or with an added term, opens nothing."""
    wrapped = {**new.wrapped, "passphrase": {**new.wrapped["passphrase"], "note": "x"}}
    with pytest.raises(WrongPassphrase):
        keys.unlock(wrapped, "correct horse")


def test_each_label_draws_another_key_and_always_the_same() -> None:
    drawn = dataclasses.astuple(KEYRING)
    assert len(set(drawn)) == len(drawn)
    assert Keyring.from_data_key(bytes(range(32))) == KEYRING


def test_the_labels_never_change() -> None:
    """Another label would orphan every workspace: this value is for ever."""
    assert KEYRING.database_key.hex().startswith(DATABASE_KEY)
    assert KEYRING.age_recipient == RECIPIENT


def test_the_identity_is_one_that_age_reads() -> None:
    identity = pyrage.x25519.Identity.from_str(KEYRING.age_identity)
    assert str(identity.to_public()) == KEYRING.age_recipient


def test_nothing_secret_is_printed(new: keys.NewKeys) -> None:
    assert repr(KEYRING) == "Keyring()"
    assert new.recovery_code not in repr(new)
