"""Scenario files: what is accepted, and how a fault is told."""

import json

import pytest
from jsonschema import Draft202012Validator

from console.labs.scenarios import DEMO, ScenarioError, read_scenario, yaml_text
from console.labs.scenarios.reader import SCHEMA
from console.labs.scenarios.yaml_text import _FastLoader, _PlainLoader, _read_by

SMALLEST = "schema: 1\nworld:\n  accounts:\n    you: {}\n"


def faults_of(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        read_scenario(text)
    return [str(fault) for fault in refused.value.faults]


def test_the_published_schema_is_a_schema():
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_demo_is_the_world_of_the_notes():
    world = read_scenario(DEMO.read_text(encoding="utf-8"))["world"]
    assert world["accounts"]["main"]["id"] == "975050059573"
    mine = [user["name"] for user in world["users"] if user["account"] == "main"]
    assert mine == ["admin", "user1", "user2", "User3"]
    assert "roles" not in world
    assert "sts" not in json.dumps(world["users"])


def test_a_small_file_is_enough():
    assert read_scenario(SMALLEST)["world"]["accounts"] == {"you": {}}


def test_an_unknown_key_is_named_with_its_path_and_line():
    (fault,) = faults_of(
        SMALLEST + "  users:\n    - account: you\n      name: ann\n      pasword: x\n"
    )
    assert fault == "line 8, column 7, world.users[0].pasword: This key is unknown."


def test_a_list_of_known_keys_stands_beside_one_that_is_unknown():
    (fault,) = faults_of(f"{SMALLEST}nonsense: 1\n")
    assert fault.startswith("line ")
    assert "nonsense: This key is unknown. Known here: schema, title," in fault


def test_a_missing_key_is_named_at_what_lacks_it():
    (fault,) = faults_of(SMALLEST + "  roles:\n    - account: you\n      name: reader\n")
    assert fault == "line 6, column 7, world.roles[0]: Here is no `trust`."


def test_several_faults_are_told_together():
    assert len(faults_of("schema: 2\nworld:\n  accounts: {}\n")) == 2


def test_an_account_id_without_quotes_is_told_to_have_them():
    (fault,) = faults_of("schema: 1\nworld:\n  accounts:\n    you: {id: 975050059573}\n")
    assert fault.startswith("line 4, column 11, world.accounts.you.id: ")
    assert fault.endswith("This should be text: write it in quotes.")


def test_a_user_of_an_account_that_is_not_there_is_refused():
    (fault,) = faults_of(SMALLEST + "  users:\n    - {account: me, name: ann}\n")
    assert "There is no account `me`" in fault
    assert fault.startswith("line 6, column 8, world.users[0].account")


def test_two_accounts_with_one_id_are_refused():
    text = (
        'schema: 1\nworld:\n  accounts:\n    a: {id: "111122223333"}\n    b: {id: "111122223333"}\n'
    )
    (fault,) = faults_of(text)
    assert fault.startswith("line 5, column 9, world.accounts.b.id")


CONTROL = """  control_policies:
    - {type: SCP, name: Guard, targets: [root, "ou:Workloads/Prod", "account:you"],
       document: {Version: "2012-10-17", Statement: []}}
"""
ORGANIZED = """schema: 1
world:
  accounts:
    boss: {management: true}
    you: {organizational_unit: Workloads/Prod}
"""


def test_a_control_policy_needs_an_organization():
    (fault,) = faults_of(ORGANIZED.replace("{management: true}", "{}") + CONTROL)
    assert fault.startswith(
        "line 7, column 7, world.control_policies[0]: No account is the organization's"
    )


def test_a_control_policys_targets_are_of_the_file():
    text = ORGANIZED + CONTROL.replace("account:you", "account:me").replace('Prod"', 'Test"')
    assert [fault.split(": ", 1)[0] for fault in faults_of(text)] == [
        "line 7, column 48, world.control_policies[0].targets[1]",
        "line 7, column 69, world.control_policies[0].targets[2]",
    ]


def test_an_organization_has_one_management_account():
    (fault,) = faults_of(
        ORGANIZED.replace("organizational_unit: Workloads/Prod", "management: true")
    )
    assert fault.startswith("line 5, column 11, world.accounts.you.management: `boss` is")


def test_full_access_to_resources_cannot_be_replaced():
    text = CONTROL.replace("SCP", "RCP").replace("{type", "{replaces_full_access: true, type")
    assert faults_of(ORGANIZED + text)


def test_a_key_that_is_there_twice_is_refused():
    assert faults_of("schema: 1\nschema: 1\n") == ["line 2: `schema` is there twice."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [1",
        "- 1\n- 2\n",
        "just words",
        "a: &x [1]\nb: *x\n",
        "? [1, 2]\n: x\n",
        "a: !!python/object:os.system x\n",
        "\x00",
        "a: {" * 3000,
        "[" * 3000,
        "schema: 1\nworld: null\n",
        "x" * 2_000_000,
        "schema: 1\nworld:\n  accounts:\n    you: {}\n  users: [5]\n",
        "schema: 1\nworld:\n  accounts:\n    1: {}\n",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_what_is_no_scenario_is_refused_and_never_a_crash(text):
    assert faults_of(text)


def test_a_policy_version_is_not_a_date_and_on_is_a_word():
    text = SMALLEST + (
        "  roles:\n    - account: you\n      name: r\n"
        "      trust: {Version: 2012-10-17, Statement: [], Id: on}\n"
    )
    trust = read_scenario(text)["world"]["roles"][0]["trust"]
    assert trust == {"Version": "2012-10-17", "Statement": [], "Id": "on"}


@pytest.mark.parametrize("hostile", ["[", "{a: ", "- "])
def test_a_text_of_many_brackets_is_refused_where_it_is_too_deep(hostile):
    """PyYAML's own parser took over a minute for it."""
    assert faults_of(hostile * 50_000) == ["line 1: Nested too deeply."]


@pytest.mark.parametrize(("items", "times"), [(3, 2), (20_000, 1)])
def test_a_long_text_with_an_error_is_not_read_again_slowly(monkeypatch, items, times):
    read = []

    def counted(loader, text):
        read.append(loader)
        return _read_by(loader, text)

    monkeypatch.setattr(yaml_text, "_read_by", counted)
    (fault,) = faults_of("[" + "1, " * items)
    assert ": Not YAML: " in fault
    assert len(read) == times


@pytest.mark.parametrize(
    "text",
    [
        DEMO.read_text(encoding="utf-8"),
        "a: [~, null, true, on, 2012-10-17, 012, 1.5, -3, '7', \"\\u00e4\"]\nb: |\n  x\n  y\n",
    ],
)
def test_libyaml_reads_what_the_plain_parser_reads(text):
    (fast, data), (plain, same) = (_read_by(one, text) for one in (_FastLoader, _PlainLoader))
    assert data == same
    assert _places(fast) == _places(plain)


def _places(node):
    """Return the places of a node and of all in it."""
    if isinstance(node, tuple):
        return [_places(one) for one in node]
    inner = node.value if isinstance(node.value, list) else []
    mark = node.start_mark
    return (node.tag, mark.line, mark.column, [_places(one) for one in inner])
