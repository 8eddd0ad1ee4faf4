"""The laws of conditions and of patterns, as properties over every operator."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iam.engine.matching.elements.conditions import ConditionTest
from iam.engine.matching.operators.registry import FAMILIES, Operator, used_operator
from iam.engine.matching.patterns import ArnPattern, Pattern, pattern_matches

OPERATORS = [operator for family in FAMILIES for operator in family.OPERATORS]
COMPARING = [operator for operator in OPERATORS if not operator.tests_presence]
NEGATED = {
    operator.name.replace("Not", "", 1): operator.name for operator in OPERATORS if operator.negated
}
READABLE = {
    "String": st.text("abAB*?", max_size=3),
    "Numeri": st.sampled_from(["1", "1.0", "2", "-3"]),
    "DateEq": st.sampled_from(["2026-01-01", "2026-01-01T00:00:00Z", "1769860800"]),
    "IpAddr": st.sampled_from(["10.0.0.1", "10.0.0.0/8", "192.0.2.1", "2001:db8::1"]),
    "ArnEqu": st.sampled_from(["arn:aws:iam::1:role/a", "arn:aws:iam::*:role/a", "arn:a:b:c:d:e"]),
    "ArnLik": st.sampled_from(["arn:aws:iam::1:role/a", "arn:aws:iam::*:role/?", "arn:a:b:c:d:e"]),
}
texts = st.text("ab1.:*/-TZ=${}'", max_size=8)
several = st.lists(texts, max_size=3)
operators = st.sampled_from(COMPARING)


def holds(name: str, values: list[str], found: list[str] | None) -> bool:
    """Whether a condition holds on a key with these values, or without the key."""
    used = used_operator(name)
    assert used is not None, name
    test = ConditionTest(used, "a:b", tuple(values), variables=True)
    return test.holds({} if found is None else {"a:b": tuple(found)})


@given(operators, several)
def test_if_exists_holds_whenever_the_key_is_missing(operator: Operator, values) -> None:
    for qualifier in ("", "ForAllValues:", "ForAnyValue:"):
        assert holds(f"{qualifier}{operator.name}IfExists", values, None)


@given(operators, several, st.lists(texts, min_size=1, max_size=3))
def test_if_exists_changes_nothing_where_the_key_is_there(operator, values, found) -> None:
    for qualifier in ("", "ForAllValues:", "ForAnyValue:"):
        plain = f"{qualifier}{operator.name}"
        assert holds(f"{plain}IfExists", values, found) is holds(plain, values, found)


@given(operators, several)
def test_without_the_key_only_negated_operators_and_for_all_values_hold(operator, values) -> None:
    assert holds(operator.name, values, None) is operator.negated
    assert holds(f"ForAllValues:{operator.name}", values, None)
    assert not holds(f"ForAnyValue:{operator.name}", values, None)


@given(operators, several, st.lists(texts, min_size=1, max_size=3))
def test_qualifiers_are_all_and_any_of_the_single_values(operator, values, found) -> None:
    assume(found != [""])
    single = [holds(operator.name, values, [one]) for one in found]

    assert holds(f"ForAllValues:{operator.name}", values, found) is all(single)
    assert holds(f"ForAnyValue:{operator.name}", values, found) is any(single)


@given(operators, several, st.lists(texts, min_size=2, max_size=3))
def test_several_values_without_a_qualifier_match_nothing(operator, values, found) -> None:
    assert not holds(operator.name, values, found)


@given(operators, several, several, texts)
def test_values_of_a_policy_are_alternatives(operator, one, other, found) -> None:
    either, both = holds(operator.name, one, [found]), holds(operator.name, other, [found])
    combined = holds(operator.name, one + other, [found])

    assert combined is ((either and both) if operator.negated else (either or both))


@pytest.mark.parametrize(("positive", "negative"), NEGATED.items())
@given(data=st.data())
def test_a_negated_operator_is_the_opposite_on_a_value_that_can_be_read(
    positive: str, negative: str, data: st.DataObject
) -> None:
    readable = READABLE[positive[:6]]
    values = data.draw(st.lists(readable, max_size=3))
    found = data.draw(readable)
    assume("Ip" not in positive or "/" not in found)

    assert holds(positive, values, [found]) is not holds(negative, values, [found])


@given(st.sampled_from(["", "ForAllValues:", "ForAnyValue:"]), operators, several, several)
def test_letters_of_an_operators_name_do_not_count(qualifier, operator, values, found) -> None:
    name = f"{qualifier}{operator.name}IfExists"

    assert holds(name.swapcase(), values, found) is holds(name, values, found)


@given(st.text(max_size=6), st.text(max_size=6))
def test_a_substituted_value_is_text(value: str, other: str) -> None:
    pattern = Pattern("x${a:b}y", variables=True)
    keys = {"a:b": (value,)}

    assert pattern.matches(f"x{value}y", keys)
    assert pattern.matches(f"x{other}y", keys) is (other == value)


@given(st.lists(st.text("ab*?", max_size=4), min_size=6, max_size=6), st.data())
def test_an_arn_is_matched_field_by_field(fields: list[str], data: st.DataObject) -> None:
    found = data.draw(st.lists(st.text("ab", max_size=4), min_size=6, max_size=6))
    matches = ArnPattern(":".join(fields)).matches(found, {})

    assert matches is all(
        pattern_matches(one, other) for one, other in zip(fields, found, strict=True)
    )


@given(st.text("ab*?", max_size=8))
def test_a_pattern_matches_what_it_is_when_its_wildcards_are_filled(pattern: str) -> None:
    assert pattern_matches(pattern, pattern.replace("*", "").replace("?", "x"))
    assert pattern_matches(pattern, pattern.replace("*", "aba").replace("?", "b"))
    assert pattern_matches(f"*{pattern}*", f"1{pattern}2")
