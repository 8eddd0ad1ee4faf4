"""The pages of a sandbox's identity provider."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.federation import read_metadata, verify_id_token
from iam.models import Sandbox
from sts.built_in import (
    Entry,
    add_offer,
    delete_person,
    name_of,
    offers_of,
    people_of,
    person_by_password,
    remove_offer,
    save_person,
)
from tests.idp.browsing import PROVIDER, ROLE, Portal
from tests.pages.visitor import text_of
from tests.robustness.cast import seed_demo


def test_it_publishes_the_documents_that_iam_needs(demo, portal):
    page = text_of(portal.get())
    assert name_of(demo.world.sandbox).issuer in page
    assert "metadata.xml" in page


def test_metadata_discovery_and_keys_are_anybodys(demo, portal):
    demo.world.sandbox.public = False
    demo.world.sandbox.save()
    metadata = portal.get("saml/metadata.xml").content.decode()
    assert read_metadata(metadata).entity_id == name_of(demo.world.sandbox).entity_id
    found = portal.get(".well-known/openid-configuration").json()
    assert found["issuer"] == name_of(demo.world.sandbox).issuer
    assert found["jwks_uri"].endswith(f"{portal.root}jwks")
    keys = portal.get("jwks").json()["keys"]
    assert [key["kty"] for key in keys] == ["RSA"]
    assert "d" not in keys[0]


def test_a_closed_sandbox_shows_nothing_else(demo, portal):
    demo.world.sandbox.public = False
    demo.world.sandbox.save()
    for path in ("", "token", "assertion", "people", "roles", "people/alice"):
        response = portal.get(path)
        assert response.status_code == 403
        assert "alice" not in text_of(response)
    assert portal.enter("alice").status_code == 403
    portal.client.force_login(demo.world.sandbox.owner)
    assert portal.get().status_code == 200


def test_a_stranger_does_not_open_another_owners_provider(demo, portal):
    demo.world.sandbox.public = False
    demo.world.sandbox.save()
    portal.client.force_login(get_user_model().objects.create_user("charlie"))
    assert portal.get("people").status_code == 403


def test_a_provider_that_there_is_not_is_not_found(demo):
    assert Portal("1-aaaaaaaa").get().status_code == 404


def test_people_sign_in_with_their_password(demo, portal):
    page = portal.get()
    people = {one.name: one.password for one in page.context["people"]}
    portal.post("signin", name="alice", password=people["alice"])
    assert "Alice Archer" in text_of(portal.get())
    portal.post("signout")
    assert "Alice Archer" not in text_of(portal.get())


def test_a_wrong_password_is_slowed_down(demo, portal):
    for _ in range(5):
        page = text_of(portal.post("signin", name="alice", password="wrong"))
    assert "Too many failed attempts" in page
    people = {one.name: one.password for one in portal.get().context["people"]}
    page = text_of(portal.post("signin", name="alice", password=people["alice"]))
    assert "Too many failed attempts" in page


def test_a_sign_in_at_one_provider_is_none_at_another(demo, portal):
    portal.enter("alice")
    other = Portal(name_of(seed_demo("bob").world.sandbox).slug)
    other.client = portal.client
    assert "Alice Archer" not in text_of(other.get())


def test_without_a_role_the_portal_shows_what_to_do(demo, portal):
    page = text_of(portal.enter("alice"))
    assert "You have no roles" in page
    assert "You are in Developers" in page


def test_a_role_of_ones_groups_opens_the_console_without_an_iam_user(offered, portal):
    portal.enter("alice")
    onward = portal.post("aws")
    assert "Continue to the AWS console" in text_of(onward)
    console = text_of(portal.onward(onward))
    assert "Developers/alice" in console
    assert "IAM Dashboard" in console


def test_a_person_of_another_group_is_offered_nothing(offered, portal):
    portal.enter("bob")
    page = text_of(portal.post("aws"))
    assert "no longer offered to your groups" in page
    offer = offers_of(offered.world.sandbox)[0]
    assert "no longer offered" in text_of(portal.post("aws", offer=str(offer.pk)))


def test_nobody_gets_a_response_or_a_token_without_signing_in(offered, portal):
    for path in ("aws", "token", "assertion"):
        page = portal.post(path, audience="sts.amazonaws.com", lifetime="3600")
        assert page.context.get("token") is None
        assert "Sign in" in text_of(page)


def test_a_token_is_shown_with_its_claims_and_its_command_line(demo, portal):
    portal.enter("alice")
    page = portal.post("token", audience="sts.amazonaws.com", lifetime="300")
    text = text_of(page)
    assert "aws sts assume-role-with-web-identity" in text
    assert "AWS_WEB_IDENTITY_TOKEN_FILE" in text
    assert "alice@corp.example.com" in text
    name, keys = name_of(demo.world.sandbox), portal.get("jwks").json()
    issued = json.loads(page.context["claims"])
    at = datetime.fromtimestamp(issued["iat"], UTC)
    said = verify_id_token(page.context["token"], name.issuer, ["sts.amazonaws.com"], keys, at)
    assert said.claims["exp"] - said.claims["iat"] == 300


def test_each_block_of_lines_stands_for_itself_and_names_the_role(demo, portal):
    portal.enter("alice")
    role = ROLE.format(demo.account_id)
    fields = {"audience": "sts.amazonaws.com", "lifetime": "300", "role_arn": role}
    page = portal.post("token", **fields)
    for block in page.context["lines"]:
        assert page.context["token"] in block.text
        assert role in block.text
        assert "export AWS_ENDPOINT_URL=http://testserver/aws" in block.text


@pytest.mark.parametrize(
    "typed",
    ["arn:aws:iam::123456789012:role/x; reboot", "x; reboot; arn:aws:iam::123456789012:role/x"],
)
def test_a_name_that_would_break_the_lines_is_no_role(demo, portal, typed):
    portal.enter("alice")
    page = portal.post("token", audience="kept", lifetime="300", role_arn=typed)
    assert "Enter the ARN of a role" in text_of(page)
    assert page.context.get("token") is None
    assert typed in page.content.decode()


def test_the_console_begins_where_the_person_wants(offered, portal):
    portal.enter("alice")
    console = portal.onward(portal.post("aws", relay="/s3/"))
    assert console.redirect_chain[-1][0] == "/s3/"


def test_a_password_that_was_changed_is_shown_no_longer(demo, owned):
    fields = {"email": "alice@corp.example.com", "groups": "Developers"}
    owned.post("people/alice", **fields, password="Another-Secret-1")
    shown = {one.name: one.password for one in owned.get().context["people"]}
    assert shown["alice"] == ""
    assert shown["bob"]


def test_signing_in_begins_another_session_of_the_browser(demo, portal):
    portal.enter("alice")
    before = portal.client.session.session_key
    portal.enter("bob")
    assert portal.client.session.session_key != before


@pytest.mark.parametrize("path", ["", "people", "roles"])
def test_no_page_asks_more_for_more_rows(offered, owned, path, django_assert_max_num_queries):
    owned.enter("alice")
    with CaptureQueriesContext(connection) as few:
        owned.get(path)
    sandbox = offered.world.sandbox
    role, provider = ROLE.format(offered.account_id), PROVIDER.format(offered.account_id)
    for number in range(20):
        entry = Entry(f"person{number}", "p@example.com", groups=["Developers"], password="x")
        save_person(sandbox, entry)
        add_offer(sandbox, "Developers", f"{role}{number}", provider)
    with django_assert_max_num_queries(len(few)):
        page = owned.get(path).content.decode()
    assert ("person19" if path == "people" else "Developers19") in page


def test_who_may_not_open_the_sandbox_administers_nobody(demo, portal):
    portal.enter("alice")
    sandbox = demo.world.sandbox
    sandbox.public = False
    sandbox.save(update_fields=["public"])
    for path in ("people", "people/alice", "roles"):
        assert portal.get(path).status_code == 403
    portal.post("people/alice", do="delete")
    assert any(one.name == "alice" for one in people_of(sandbox))


def test_any_visitor_administers_the_directory_of_a_public_sandbox(demo, portal):
    for path in ("people", "people/alice", "roles"):
        assert portal.get(path).status_code == 200


def test_an_assertion_is_shown_with_the_line_for_it(offered, portal):
    portal.enter("alice")
    page = portal.post("assertion", offer=str(offers_of(offered.world.sandbox)[0].pk))
    text = text_of(page)
    assert "aws sts assume-role-with-saml" in text
    assert "https://aws.amazon.com/SAML/Attributes/RoleSessionName alice" in text
    assert ROLE.format(offered.account_id) in text


def test_an_administrator_adds_changes_and_deletes_people(demo, owned):
    fields = {"name": "carol", "email": "carol@example.com", "groups": "Developers, Auditors"}
    owned.post("people", **fields, password="Secret-1")
    carol = next(one for one in people_of(demo.world.sandbox) if one.name == "carol")
    assert carol.groups == ["Developers", "Auditors"]
    tags = {"tags-key": ["team"], "tags-value": ["red"]}
    owned.post("people/carol", email="c@example.com", groups="", **tags)
    changed = person_by_password(demo.world.sandbox, "carol", "Secret-1")
    assert changed is not None
    assert (changed.email, changed.groups, changed.tags) == ("c@example.com", [], {"team": "red"})
    owned.post("people/carol", do="delete")
    assert owned.get("people/carol").status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "carol", "email": "nobody", "password": "x"}, "valid email"),
        ({"name": "carol", "email": "c@example.com"}, "Enter a password."),
        ({"name": "a b", "email": "c@example.com", "password": "x"}, "2 to 64 characters"),
        ({"name": "alice", "email": "c@example.com", "password": "x"}, "called alice already"),
    ],
)
def test_errors_are_shown_and_the_typed_values_stay(demo, owned, fields, sentence):
    page = owned.post("people", **fields, groups="Kept, Groups")
    assert sentence in text_of(page)
    assert "Kept, Groups" in page.content.decode()


def test_an_administrator_offers_roles_and_takes_them_back(demo, owned):
    role, provider = ROLE.format(demo.account_id), PROVIDER.format(demo.account_id)
    fields = {"group": "Developers", "role_arn": role, "provider_arn": provider, "seconds": "3600"}
    wrong = owned.post("roles", **{**fields, "role_arn": "Developers"})
    assert "Enter the ARN of a role" in text_of(wrong)
    assert "Enter the ARN of the SAML provider." in text_of(owned.post("roles", group="Developers"))
    assert provider in wrong.content.decode()
    owned.post("roles", **fields)
    offers = offers_of(demo.world.sandbox)
    assert [one.role_arn for one in offers] == [role]
    owned.post("roles", remove=str(offers[0].pk))
    assert offers_of(demo.world.sandbox) == []


def test_starting_again_signs_everybody_out(demo, owned):
    owned.enter("alice")
    owned.client.post(f"/sandbox/{demo.world.sandbox.pk}/restart")
    assert "Alice Archer" not in text_of(owned.get())


def test_the_start_page_and_the_menu_lead_there(demo, owned):
    assert owned.root in owned.client.get("/").content.decode()
    account = {"account": demo.account_id, "user": "admin"}
    page = owned.client.post("/signin/as", account, follow=True)
    assert re.search(f'href="{owned.root}"[^>]*>Identity provider', page.content.decode())


def test_every_change_to_the_directory_raises_the_stamp(demo):
    stamps = [Sandbox.objects.get(pk=demo.world.sandbox.pk).stamp]
    provider = "arn:aws:iam::975050059573:saml-provider/Corp"
    role = "arn:aws:iam::975050059573:role/Reader"
    add_offer(demo.world.sandbox, "Developers", role, provider)
    stamps.append(Sandbox.objects.get(pk=demo.world.sandbox.pk).stamp)
    remove_offer(demo.world.sandbox, offers_of(demo.world.sandbox)[0].pk)
    stamps.append(Sandbox.objects.get(pk=demo.world.sandbox.pk).stamp)
    delete_person(demo.world.sandbox, "alice")
    stamps.append(Sandbox.objects.get(pk=demo.world.sandbox.pk).stamp)

    assert stamps == sorted(set(stamps))
