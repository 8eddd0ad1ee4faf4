"""The wizard's tiles for roles that trust identity providers."""

import pytest
from django.urls import reverse

from tests.consoles import console_behind
from tests.federation.documents import CLIENT, ISSUER, metadata
from tests.iam.providers import OIDC, SAML
from tests.pages.iam.test_role_wizard import trust_of, walk
from tests.pages.visitor import Visitor, markup_of, text_of
from tests.worlds import World, allow

GITHUB = "token.actions.githubusercontent.com"


@pytest.fixture
def both(world: World) -> World:
    """A world with a provider of each type."""
    world.do("CreateSAMLProvider", Name="corp", SAMLMetadataDocument=metadata())
    world.do("CreateOpenIDConnectProvider", Url=ISSUER, ClientIDList=[CLIENT])
    return world


def test_a_role_for_saml_trusts_the_console_sign_in(both: World, root: Visitor) -> None:
    walk(root, {"entity": "saml", "saml_provider": SAML, "saml_access": "console"}, {})
    assert trust_of(both) == {
        "Effect": "Allow",
        "Principal": {"Federated": SAML},
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
    }


def test_a_role_for_programs_only_tests_an_attribute(both: World, root: Visitor) -> None:
    chosen = {"entity": "saml", "saml_provider": SAML, "saml_access": "programmatic"}
    missing = root.post(f"{reverse('role_create')}?step=trust", **chosen)
    assert "Enter the value of the attribute." in text_of(missing)
    walk(root, {**chosen, "saml_attribute": "SAML:sub", "saml_value": "alice"}, {})
    assert trust_of(both)["Condition"] == {"StringEquals": {"SAML:sub": "alice"}}


def test_a_role_for_web_identity_tests_the_audience_and_more(both: World, root: Visitor) -> None:
    host = ISSUER.removeprefix("https://")
    more = {"condition0_key": f"{host}:sub", "condition0_operator": "StringLike"}
    chosen = {"entity": "web", "web_provider": OIDC, "audience": f"{OIDC} {CLIENT}", **more}
    missing = root.post(f"{reverse('role_create')}?step=trust", **chosen)
    assert "Enter a value for the condition." in text_of(missing)
    walk(root, {**chosen, "condition0_value": "ali*"}, {})
    assert trust_of(both) == {
        "Effect": "Allow",
        "Principal": {"Federated": OIDC},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {f"{host}:aud": [CLIENT]},
            "StringLike": {f"{host}:sub": ["ali*"]},
        },
    }


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        ({}, "repo:octo-org/*"),
        ({"github_repository": "app"}, "repo:octo-org/app:*"),
        (
            {"github_repository": "app", "github_branch": "main"},
            "repo:octo-org/app:ref:refs/heads/main",
        ),
    ],
)
def test_githubs_provider_needs_an_organization(world, root, fields, subject) -> None:
    world.do("CreateOpenIDConnectProvider", Url=f"https://{GITHUB}", ClientIDList=["sts"])
    arn = f"arn:aws:iam::{world.account_id}:oidc-provider/{GITHUB}"
    chosen = {"entity": "web", "web_provider": arn, "audience": f"{arn} sts", **fields}
    for wrong in ("", "*", "a b"):
        typed = {**chosen, "github_organization": wrong}
        missing = root.post(f"{reverse('role_create')}?step=trust", **typed)
        assert "no wildcards" in text_of(missing)
    walk(root, {**chosen, "github_organization": "octo-org"}, {})
    assert trust_of(world)["Condition"]["StringLike"] == {f"{GITHUB}:sub": [subject]}


def test_a_provider_that_many_share_needs_a_condition_on_its_subject(world, root) -> None:
    world.do("CreateOpenIDConnectProvider", Url="https://gitlab.com", ClientIDList=["sts"])
    arn = f"arn:aws:iam::{world.account_id}:oidc-provider/gitlab.com"
    chosen = {"entity": "web", "web_provider": arn, "audience": f"{arn} sts"}
    refused = root.post(f"{reverse('role_create')}?step=trust", **chosen)
    assert "must evaluate" in refused.context["form"].errors["condition0_key"][0]
    assert refused.context["form"]["audience"].value() == f"{arn} sts"
    assert {"gitlab.com:sub", "gitlab.com:project_id"} <= {*refused.context["form"].condition_keys}
    condition = {"condition0_key": "gitlab.com:sub", "condition0_operator": "StringLike"}
    walk(root, {**chosen, **condition, "condition0_value": "project_path:me/*"}, {})
    assert trust_of(world)["Condition"]["StringLike"] == {"gitlab.com:sub": ["project_path:me/*"]}


def test_a_provider_that_aws_knows_needs_the_ones_own_app(world: World, root: Visitor) -> None:
    chosen = {"entity": "web", "web_provider": "graph.facebook.com"}
    missing = root.post(f"{reverse('role_create')}?step=trust", **chosen)
    assert "Enter the Application ID of your application." in text_of(missing)
    walk(root, {**chosen, "app_id": "4711"}, {})
    assert trust_of(world)["Condition"] == {"StringEquals": {"graph.facebook.com:app_id": "4711"}}


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"entity": "web"}, "Choose an identity provider."),
        ({"entity": "web", "web_provider": OIDC}, "Choose an audience of this provider."),
        ({"entity": "web", "web_provider": "evil"}, "evil is not one of the available choices"),
        ({"entity": "saml"}, "Choose a SAML 2.0-based provider."),
    ],
)
def test_the_first_step_shows_what_is_missing(both, root, chosen, sentence) -> None:
    response = root.post(f"{reverse('role_create')}?step=trust", **chosen)
    assert sentence in text_of(response)


def test_assign_role_opens_the_wizard_for_the_provider(both: World, root: Visitor) -> None:
    for arn, field in ((SAML, "saml_provider"), (OIDC, "web_provider")):
        response = root.get(reverse("role_create"), provider=arn)
        assert response.context["form"][field].value() == arn


def test_conditions_are_added_and_removed_by_buttons_that_keep_what_was_typed(both, root) -> None:
    typed = {"entity": "web", "web_provider": OIDC, "audience": f"{OIDC} {CLIENT}"}
    typed |= {"condition0_key": "a:sub", "condition0_value": "one", "condition0_operator": ""}
    first = f"{reverse('role_create')}?step=trust"
    added = root.post(first, **typed, do="add").context["form"]
    rows = [(row["key"].value(), row["value"].value()) for row in added.condition_rows]
    assert rows == [("a:sub", "one"), ("", "")]
    assert added["audience"].value() == f"{OIDC} {CLIENT}"
    assert not added.errors
    typed |= {"condition1_key": "b:amr", "condition1_value": "two"}
    removed = root.post(first, **typed, do="remove:0").context["form"]
    rows = [(row["key"].value(), row["value"].value()) for row in removed.condition_rows]
    assert rows == [("b:amr", "two")]
    many = {f"condition{n}_key": "a:b" for n in range(20)}
    assert "Add condition" not in text_of(root.post(first, **{**typed, **many}, do="add"))


def test_the_audiences_are_those_of_the_provider_chosen(both: World, root: Visitor) -> None:
    both.do("CreateOpenIDConnectProvider", Url="https://other.example", ClientIDList=["theirs"])
    first = f"{reverse('role_create')}?step=trust"
    shown = root.post(first, entity="web", web_provider=OIDC, do="refresh")
    assert CLIENT in text_of(shown)
    assert "theirs" not in text_of(shown)
    other = f"arn:aws:iam::{both.account_id}:oidc-provider/other.example"
    mixed = root.post(first, entity="web", web_provider=OIDC, audience=f"{other} theirs")
    assert mixed.context["form"].errors == {"audience": ["Choose an audience of this provider."]}


def test_without_a_provider_the_tiles_offer_to_create_one(world: World, root: Visitor) -> None:
    said = text_of(root.get(reverse("role_create")))
    assert "No SAML 2.0-based provider in this account" in said
    assert "No OpenID Connect provider in this account" in said
    world.add_user("blind", allow("iam:CreateRole"))
    said = text_of(Visitor(world, "blind").get(reverse("role_create")))
    assert "not authorized to perform: iam:ListSAMLProviders" in said
    assert "provider in this account" not in said


def test_htmx_gets_the_part_about_providers_alone(both: World, root: Visitor) -> None:
    url = f"{reverse('role_create')}?step=trust"
    sent = {"identity": console_behind(root.client).identity, "entity": "saml", "do": "add"}
    part = root.client.post(url, sent, headers={"HX-Request": "true", "HX-Target": "federated"})
    assert markup_of(part).startswith('<div id="federated"')


def test_the_first_step_draws_the_sign_in_of_what_is_chosen_so_far(
    both: World, root: Visitor
) -> None:
    url = f"{reverse('role_create')}?step=trust"

    def asked_in_picture(**chosen: str) -> list[str]:
        page = root.post(url, do="refresh", **chosen)
        drawn = [[line.title for line in one.boxes[-1].lines] for one in page.context["pictures"]]
        return [text for lines in drawn for text in lines]

    web = {"entity": "web", "web_provider": OIDC}
    assert asked_in_picture(**web) == ["aud StringEquals (not chosen yet)"]
    assert asked_in_picture(**web, audience=f"{OIDC} {CLIENT}") == [f"aud StringEquals {CLIENT}"]
    saml = {"entity": "saml", "saml_provider": SAML, "saml_access": "programmatic"}
    chosen = {**saml, "saml_attribute": "SAML:sub", "saml_value": "alice"}
    assert asked_in_picture(**chosen) == ["sub StringEquals alice"]
    assert "The role is not created yet." in text_of(root.post(url, do="refresh", **chosen))
    for nothing in ({"entity": "web"}, {"entity": "saml", "saml_provider": "x-provider/y"}, {}):
        assert asked_in_picture(**nothing) == []
