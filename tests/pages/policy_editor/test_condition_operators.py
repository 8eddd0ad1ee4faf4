"""The operators that pages offer are those of the engine."""

from console.pages.iam.policy_editor.visual.conditions import OPERATORS
from console.pages.iam.role_wizard import condition_rows
from iam.policy_documents import OPERATOR_NAMES

ENGINE = [name for names in OPERATOR_NAMES.values() for name in names]


def test_the_editor_offers_every_operator_once() -> None:
    offered = [name for _, names in OPERATORS for name in names]
    assert sorted(offered) == sorted(ENGINE)


def test_the_editor_groups_operators_as_the_console_does() -> None:
    assert [title for title, _ in OPERATORS] == ["String", "Numeric", "Date", "Other", "ARN"]
    others = dict(OPERATORS)["Other"]
    assert others == ["Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "Null"]


def test_the_wizard_offers_operators_of_the_engine() -> None:
    plain = [name.rpartition(":")[2] for name in condition_rows.OPERATORS]
    assert set(plain) < set(ENGINE)
    assert set(OPERATOR_NAMES["addresses"]) <= set(plain)
