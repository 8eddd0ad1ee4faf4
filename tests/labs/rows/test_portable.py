"""A world for another site has no secret of this one, and works there with secrets of its own."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from console.labs.decisions import decisions_of
from console.labs.rows import snapshot
from console.labs.rows.credentials import secret_of
from console.labs.rows.portable import PortableWorld, without_secrets
from console.labs.scenarios import handout
from console.labs.scenarios.keys import handed_out_keys
from console.services.ec2.models import Instance
from iam.models import AccessKey, Account, LoginProfile, MfaDevice
from sts.built_in.keys import new_key
from sts.built_in.models import BuiltInKey, Person
from sts.credentials import presented
from sts.sign_in import find_account, sign_in_user
from tests.labs.rows.conftest import empty
from tests.labs.rows.deciding import decisions
from tests.labs.rows.worlds import Place, furnished, real_now

SECRETS = {
    AccessKey: "sealed_secret",
    Account: "root_password",
    LoginProfile: "password",
    MfaDevice: "sealed_seed",
    BuiltInKey: "sealed_key",
    Instance: "secret",
    Person: "password",
}


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Place, str, Place]]:
    """A world, the text that leaves the site, and the world that is made of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        original = furnished()
        packed = json.dumps(without_secrets(snapshot(original.sandbox), original.sandbox))
        arrived = empty("bob")
        PortableWorld(json.loads(packed), {}, new_key("idp", real_now())).fill(arrived)
        yield original, packed, Place(arrived, original.at)
        transaction.set_rollback(True)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("model", "column"), SECRETS.items(), ids=str)
def test_no_secret_leaves(worlds, model, column):
    original, packed, _ = worlds
    secrets = {str(getattr(row, column)) for row in model.in_sandbox(original.sandbox)} - {""}
    assert secrets
    assert [one for one in secrets if one in packed] == []


@pytest.mark.usefixtures("db")
def test_what_seals_and_signs_on_this_site_does_not_leave_either(worlds):
    original, packed, _ = worlds
    keys = {secret_of(vars(key)) for key in AccessKey.in_sandbox(original.sandbox)}
    passwords = {user.password for account in handout(original.sandbox) for user in account.users}
    for secret in {original.sandbox.salt, *keys, *passwords} - {""}:
        assert secret not in packed


@pytest.mark.usefixtures("db")
def test_the_other_world_decides_the_same(worlds):
    original, _, arrived = worlds
    assert decisions(arrived) == decisions(original)
    assert decisions_of(arrived.sandbox, real_now()) == decisions_of(original.sandbox, real_now())


@pytest.mark.usefixtures("db")
def test_its_people_and_keys_come_in_with_secrets_of_its_own(worlds):
    _, _, arrived = worlds
    key = handed_out_keys(arrived.sandbox)[arrived.account_id()][0]
    found = presented(key.access_key_id, "")
    assert found is not None
    assert (found[0], found[1].sandbox) == (key.secret_access_key, arrived.sandbox)
    for account in handout(arrived.sandbox):
        for user in account.users:
            sign_in_user(find_account(account.account_id), user.name, user.password, arrived.origin)
    saml, web = arrived.session(arrived.by_saml()), arrived.session(arrived.by_token())
    assert saml.account_id == web.account_id == arrived.account_id()
    assert arrived.do(saml, "iam:ListUsers")["Users"]
