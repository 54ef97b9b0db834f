"""Linking as a notebook does it: what is found, why, and what is refused."""

from __future__ import annotations

from itertools import combinations

import pytest

from amparo.base.errors import UsageError
from amparo.linkage.records import Linking, Model, Result, from_json, from_rows, to_json
from amparo.linkage.records.candidates import as_pairs
from amparo.linkage.records.training import weights
from amparo.linkage.records.vectors import Vectors
from tests.linkage.records.people import HEAD, often, rows


@pytest.fixture(scope="module")
def people() -> Linking:
    return Linking([from_rows("people.csv", HEAD, rows())])


@pytest.fixture(scope="module")
def model(people: Linking) -> Model:
    return people.learn()


@pytest.fixture(scope="module")
def result(people: Linking, model: Model) -> Result:
    return people.run(model)


def true_pairs(linking: Linking) -> set[tuple[int, int]]:
    who = linking.sheets[0].table.column("truth").to_pylist()
    both = combinations(range(linking.count), 2)
    return {pair for pair in both if who[pair[0]] == who[pair[1]]}


def test_people_are_found_again_without_labels(people: Linking, result: Result) -> None:
    found = {(pair.first, pair.second) for pair in result.pairs}
    true = true_pairs(people)
    assert 2 * len(found & true) / (len(found) + len(true)) >= 0.95
    assert people.left_out() == [["truth"]]


def test_the_same_records_give_the_same_model_and_result(people: Linking, model: Model) -> None:
    again = Linking([from_rows("people.csv", HEAD, rows())])
    assert to_json(again.learn()) == to_json(model)
    first, second = again.run(model), people.run(model)
    assert first.clusters == second.clusters
    assert (first.bits == second.bits).all()


def test_a_model_file_gives_back_the_model(model: Model) -> None:
    assert from_json(to_json(model)) == model


@pytest.mark.parametrize("text", ["", "{}", '{"kind": "amparo linkage model", "version": 9}', "[]"])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a linkage model"):
        from_json(text)


def test_splink_weighs_as_the_learned_chances_do(
    people: Linking, model: Model, result: Result
) -> None:
    vectors = Vectors(people._api, people._frame, model.made)
    said = vectors.of(as_pairs(result.first, result.second))
    ours = dict(
        zip(
            zip(said.first, said.second, strict=True),
            weights(said, model.made, model.chances),
            strict=True,
        )
    )
    for pair in result.above(-10):
        assert ours[pair.first, pair.second] == pytest.approx(pair.bits, abs=1e-4)


def test_every_pair_has_its_reasons(people: Linking, model: Model, result: Result) -> None:
    pairs = result.pairs[:20]
    for pair, why in zip(pairs, people.reasons_of(model, pairs), strict=True):
        assert why.bits == pytest.approx(pair.bits, abs=1e-4)
        assert why.sentences
        assert all(sentence.endswith(".") for sentence in why.sentences)


def test_the_cost_is_known_before(people: Linking, model: Model, result: Result) -> None:
    costs = {rule.keys: rule.cost for rule in people.costs()}
    assert all(0 < cost < people.possible for cost in costs.values())
    assert list(costs.values()) == sorted(costs.values())
    assert all(rule.cost == costs[rule.keys] for rule in model.rules)
    assert len(result.bits) <= sum(rule.cost for rule in model.rules)


def test_between_two_tables_only_their_pairs_count() -> None:
    whole = rows()
    sheets = [
        from_rows(name, HEAD, half) for name, half in (("a", whole[:300]), ("b", whole[300:]))
    ]
    both = Linking(sheets)
    result = both.run(both.learn())
    assert result.pairs
    assert all(both.where(p.first)[0] != both.where(p.second)[0] for p in result.pairs)
    assert both.possible == 300 * len(sheets[1])


def test_judged_pairs_are_heard(people: Linking, model: Model, result: Result) -> None:
    pair = result.pairs[0]
    labels = {(p.first, p.second): False for p in result.pairs[:40]}
    assert people.learn(labels=labels).chances.prior < model.chances.prior
    apart = people.run(model, labels={(pair.first, pair.second): False})
    together = [c for c in apart.clusters if {pair.first, pair.second} <= set(c.records)]
    assert not together


def test_groups_teach_what_pairs_alone_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = Linking([from_rows("people.csv", HEAD, often())])
    heard = crowd.learn()
    monkeypatch.setattr("amparo.linkage.records.linking._HEARD", 0)
    alone = crowd.learn()
    true = len(true_pairs(crowd))
    expected = [model.chances.prior * crowd.possible for model in (alone, heard)]
    assert expected[0] < expected[1] <= 1.05 * true
    found = [{(p.first, p.second) for p in crowd.run(model).pairs} for model in (alone, heard)]
    right = [len(each & true_pairs(crowd)) for each in found]
    assert right[0] < right[1]
    assert right[1] > 0.93 * len(found[1])


def test_names_of_other_scripts_meet() -> None:
    head = ("الاسم", "تاريخ الميلاد", "Город")
    lines = [["محمد حسن", "1980-01-02", "Киев"], ["Mhmd Hsn", "1980-01-02", "Kiev"]]
    linking = Linking([from_rows("x", head, lines)])
    assert linking.roles == ({"name": "الاسم", "birth": "تاريخ الميلاد", "locality": "Город"},)
    assert linking.table.column("given_key").to_pylist()[0]
    assert set(linking.table.column("locality").to_pylist()) == {"kiev"}


@pytest.mark.parametrize(
    ("head", "lines", "said"),
    [
        (("colour", "size"), [["red", "2"], ["blue", "3"]], "says who somebody is"),
        (("name",), [["anna"]], "fewer than two records"),
        (("name", "name"), [["a", "b"]], "names of their own"),
        (("name",), [], "no rows"),
        (("name", "city"), [["", "x"], ["", ""]], "in common"),
    ],
)
def test_what_cannot_be_linked_is_refused_in_words(head, lines, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Linking([from_rows("x", head, lines)]).learn()


@pytest.mark.parametrize("count", [2, 3])
def test_a_handful_of_people_gives_an_answer_and_no_error(count: int) -> None:
    lines = [["anna kovalenko", "1801-02-03"], ["anna kovalenko", "1801-02-03"], ["omar", ""]]
    linking = Linking([from_rows("x", ("name", "born"), lines[:count])])
    result = linking.run(linking.learn())
    assert len(result.bits) <= 3
