"""A copy decides as its template does, lets its own people in, and nobody of another copy."""

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest

from console.labs.rows import copy_world, snapshot
from console.labs.scenarios import handout, people_handout
from console.labs.scenarios.keys import handed_out_devices, handed_out_keys
from console.services.ec2.metadata.credentials import instance_of
from console.services.ec2.models import Instance
from console.services.s3.models import StoredObject
from iam.actions.mfa_codes import code_of, step_at
from iam.engine import Verdict
from iam.models import Document, Event, document_hash
from iam.perform import explain_event
from iam.wire.errors import AwsError
from sts.built_in import person_by_password, person_of, response_for, roles_for
from sts.credentials import presented
from sts.sign_in import (
    CodeAwaited,
    SignInRefused,
    find_account,
    sign_in_root,
    sign_in_user,
    sign_in_with_code,
)
from tests.endpoint.clients import Clients, refusal
from tests.labs.rows.conftest import empty
from tests.labs.rows.deciding import decisions
from tests.labs.rows.worlds import Place, furnished, real_now


@pytest.fixture
def copies(template) -> list[Place]:
    """Two copies of one world, just begun."""
    now = real_now()
    return [
        Place(copy_world(template, empty(owner), received_at=now), now) for owner in ("ann", "ben")
    ]


@pytest.mark.django_db
def test_a_copy_decides_as_its_template_does():
    original = furnished()
    copy = copy_world(snapshot(original.sandbox), empty("bob"))
    found = decisions(original)
    assert {allowed for *_, allowed in found} >= {"True", "False"}
    assert decisions(Place(copy, original.at)) == found


def _passwords(place: Place) -> list[tuple[str, str, str]]:
    found = [
        (account.account_id, user.name, user.password)
        for account in handout(place.sandbox)
        for user in account.users
    ]
    assert {name for _, name, _ in found} == {"ann", "ben", "cat"}
    return found


def test_users_sign_in_by_the_passwords_that_are_handed_out(copies):
    for own, other in (copies, copies[::-1]):
        for (account_id, name, password), (_, _, foreign) in zip(
            _passwords(own), _passwords(other), strict=True
        ):
            account = find_account(account_id)
            assert account.sandbox == own.sandbox
            sign_in_user(account, name, password, own.origin)
            with pytest.raises(SignInRefused):
                sign_in_user(account, name, foreign, own.origin)


def test_root_signs_in_by_password_and_code(copies):
    own, other = copies
    seeds = [
        next(d for d in handed_out_devices(p.sandbox)[p.account_id()] if d.user_name == "root").seed
        for p in copies
    ]
    account = find_account(own.account_id())
    awaited = sign_in_root(account, handout(own.sandbox)[0].root_password, own.origin)
    assert isinstance(awaited, CodeAwaited)
    step = step_at(own.at)
    with pytest.raises(SignInRefused):
        sign_in_with_code(account, awaited, code_of(seeds[1], step), own.origin)
    sign_in_with_code(account, awaited, code_of(seeds[0], step), own.origin)
    with pytest.raises(SignInRefused):
        sign_in_root(account, handout(other.sandbox)[0].root_password, own.origin)


def _keys(place: Place) -> tuple[str, str, None]:
    key = handed_out_keys(place.sandbox)[place.account_id()][0]
    return key.access_key_id, key.secret_access_key, None


def test_keys_call_in_their_own_world_alone(copies):
    keys = [_keys(place) for place in copies]
    for place, key in zip(copies, keys, strict=True):
        who = Clients()("sts", key).get_caller_identity()
        assert who["Arn"] == f"arn:aws:iam::{place.account_id()}:user/ann"
    mixed = (keys[0][0], keys[1][1], None)
    code, _, _ = refusal(Clients()("sts", mixed).get_caller_identity)
    assert code == "SignatureDoesNotMatch"


def test_a_key_that_an_object_gives_away_is_the_copys_own(copies):
    for place in copies:
        (leaked,) = StoredObject.in_sandbox(place.sandbox).filter(key="leaked.txt")
        key_id, secret = bytes(leaked.body).decode().split()
        found = presented(key_id, "")
        assert found is not None
        assert found[0] == secret
        assert found[1].sandbox == place.sandbox


def test_people_sign_in_at_their_own_provider_by_saml_and_by_token(copies):
    for place in copies:
        saml, web = place.session(place.by_saml()), place.session(place.by_token())
        assert saml.account_id == web.account_id == place.account_id()
        assert place.do(saml, "iam:ListUsers")["Users"]
        for person in people_handout(place.sandbox):
            assert person_by_password(place.sandbox, person.name, person.password)
    one, two = ({p.password for p in people_handout(place.sandbox)} for place in copies)
    assert not one & two
    assert not person_by_password(copies[1].sandbox, "alice", next(iter(one)))


def test_what_one_provider_signs_proves_nothing_in_the_other_world(copies):
    own, other = copies
    alice, theirs = (person_of(place.sandbox, "alice") for place in copies)
    assert alice is not None
    assert theirs is not None
    offers = roles_for(theirs)
    request: dict[str, Any] = {
        "RoleArn": offers[0].role_arn,
        "PrincipalArn": offers[0].provider_arn,
        "SAMLAssertion": response_for(alice, offers, own.at),
    }
    with pytest.raises(AwsError, match="Issuer not present in specified provider"):
        other.do(other.stranger(), "sts:AssumeRoleWithSAML", **request)


def test_the_trail_goes_on_after_what_was_delivered_before(copies):
    for place in copies:
        before = _delivered(place)
        assert before == _events_meanwhile(place)
        place.root("iam:CreateUser", UserName="eve")
        place.at += timedelta(minutes=6)
        place.root("iam:ListUsers")
        assert _delivered(place) > before
        made = Event.in_sandbox(place.sandbox).filter(name="CreateUser").order_by("-pk")[0]
        assert str(made.event_id) in _delivered(place)


def _delivered(place: Place) -> set[str]:
    files = StoredObject.in_sandbox(place.sandbox).filter(by_service=True)
    return {
        record["eventID"]
        for file in files
        for record in json.loads(gzip.decompress(bytes(file.body)))["Records"]
    }


def _events_meanwhile(place: Place) -> set[str]:
    rows = Event.in_sandbox(place.sandbox).filter(account_id=place.account_id())
    not_logged = {"CreateTrail", "ListRoles", "Invoke"}  # of data events, it logs those of S3
    return {str(one.event_id) for one in rows if one.name not in not_logged}


def test_an_instance_has_an_address_of_its_own_and_its_roles_credentials(copies):
    secrets = [Instance.in_sandbox(place.sandbox).get().secret for place in copies]
    assert len(set(secrets)) == 2
    for place, secret in zip(copies, secrets, strict=True):
        instance = instance_of(secret)
        assert instance is not None
        assert instance.sandbox == place.sandbox
        assert instance.session == {}


def test_documents_are_found_by_their_hashes_and_stored_once(copies):
    for place in copies:
        texts = list(Document.in_sandbox(place.sandbox).values_list("hash", "text"))
        assert all(document_hash(text) == found for found, text in texts)


def test_what_happened_before_is_explained_as_it_was_decided(copies):
    for place in copies:
        events = Event.in_sandbox(place.sandbox).exclude(decisions=[])
        explained = [explain_event(place.sandbox, one.event_id, None) for one in events]
        decided = [one for found in explained if found for one in found.explanations]
        assert {one.decision.verdict for one in decided} >= {Verdict.ALLOW, Verdict.IMPLICIT_DENY}
        assert all(one.matches_record for one in decided)
