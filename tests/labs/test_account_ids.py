"""Account IDs that are taken are replaced throughout."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from console.labs.scenarios import DEMO, restart, seed_scenario
from console.labs.scenarios.account_ids import everywhere, filling_names, replacing_ids
from console.labs.scenarios.removal import simulated_models
from iam.models import Account, Directory, Sandbox

FULL = Path(__file__).with_name("full.yaml").read_text(encoding="utf-8")


_TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def _as_text(value: Any) -> str:
    return bytes(value).decode() if isinstance(value, bytes | memoryview) else json.dumps(value)


def stored_text(sandbox: Sandbox) -> str:
    """Return all that a sandbox's rows hold, as one text."""
    found = [sandbox.scenario]
    for model in simulated_models():
        fields = [
            field.attname for field in model._meta.concrete_fields if isinstance(field, _TEXTS)
        ]
        fields = ["pk", *fields]
        for row in model.in_sandbox(sandbox).values_list(*fields):
            found += [
                bytes(v).decode() if isinstance(v, (bytes, memoryview)) else json.dumps(v)
                for v in row
            ]
    return "\n".join(found)


@pytest.mark.parametrize("text", [DEMO.read_text(encoding="utf-8"), FULL], ids=["demo", "full"])
def test_a_second_seeding_has_nothing_of_the_taken_ids(text, alice, bob):
    first, second = seed_scenario(text, alice), seed_scenario(text, bob)
    ids = [account.account_id for account in first.accounts]
    assert ids == ["975050059573", "210987654321"]
    theirs = stored_text(second.sandbox)
    for account_id, other in zip(ids, second.accounts, strict=True):
        assert account_id in stored_text(first.sandbox)
        assert theirs.replace("9750500595731", "").count(account_id) == 0
        assert other.account_id in theirs
    assert "9750-5005-9573" not in theirs
    assert second.sandbox.directory.filter(key__in=ids).count() == 0


def test_a_longer_number_that_holds_the_id_stays(alice, bob):
    seed_scenario(FULL, alice)
    assert "not for 9750500595731" in stored_text(seed_scenario(FULL, bob).sandbox)


def test_policy_variables_are_no_placeholders(alice):
    assert "${aws:username}-975050059573" in stored_text(seed_scenario(FULL, alice).sandbox)


def test_starting_again_keeps_replaced_ids(alice, bob):
    seed_scenario(FULL, alice)
    sandbox = seed_scenario(FULL, bob).sandbox
    ids = set(Account.in_sandbox(sandbox).values_list("account_id", flat=True))
    restart(sandbox)
    assert set(Account.in_sandbox(sandbox).values_list("account_id", flat=True)) == ids
    reached = Directory.objects.filter(sandbox=sandbox).values_list("key", flat=True)
    assert set(reached) > ids
    assert len([key for key in reached if key.startswith("AKIA")]) == 1


def test_an_account_without_an_id_gets_one_and_keeps_it(alice):
    bucket = "{account: you, name: 'b-{you}'}"
    text = f"schema: 1\nworld:\n  accounts: {{you: {{}}}}\n  buckets: [{bucket}]\n"
    seeded = seed_scenario(text, alice)
    (account,) = seeded.accounts
    assert f"b-{account.account_id}" in stored_text(seeded.sandbox)
    restart(seeded.sandbox)
    assert Account.in_sandbox(seeded.sandbox).get().account_id == account.account_id


_IDS = st.from_regex(r"[1-9][0-9]{11}", fullmatch=True)
_WORDS = st.text(alphabet='ab{}:/-"$', min_size=1, max_size=6)


@given(_IDS, _IDS, st.lists(_WORDS, min_size=2, max_size=5))
def test_replacing_leaves_no_old_id_and_nothing_else_changed(old, new, words):
    text = old.join(words)
    document = {text: [text, {"k": text, "n": 5}], "none": None}
    changed = everywhere(document, replacing_ids({old: new}))
    assert changed == {
        new.join(words): [new.join(words), {"k": new.join(words), "n": 5}],
        "none": None,
    }


@given(_IDS, st.text(max_size=20))
def test_filling_touches_only_the_names(account_id, text):
    fill = filling_names({"you": account_id})
    plain = text.replace("{", "(")
    assert fill(plain) == plain
    assert fill(f"{plain} {{you}} ${{you}} {{them}}") == f"{plain} {account_id} ${{you}} {{them}}"
