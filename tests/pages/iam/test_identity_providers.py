"""*Identity providers*: added, shown, changed, deleted."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sts.built_in import name_of
from tests.federation.documents import CLIENT, ISSUER, identity, metadata
from tests.iam.providers import KEYS, OIDC, SAML
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

TYPED_SAML = {"type": "saml", "Name": "corp", "SAMLMetadataDocument": metadata()}
TYPED_OIDC = {"type": "oidc", "Url": ISSUER, "ClientIDList": CLIENT}


@pytest.fixture
def both(world: World) -> World:
    """A world with a provider of each type."""
    world.do("CreateSAMLProvider", Name="corp", SAMLMetadataDocument=metadata())
    world.do("CreateOpenIDConnectProvider", Url=ISSUER, ClientIDList=[CLIENT])
    return world


def page(root: Visitor, name: str, arn: str, **query: str) -> Any:
    return root.get(reverse(name), arn=arn, **query)


def send(root: Visitor, name: str, arn: str, **fields: Any) -> Any:
    return root.post(f"{reverse(name)}?arn={arn}", **fields)


def test_a_saml_provider_is_added_from_a_file(world: World, root: Visitor) -> None:
    file = SimpleUploadedFile("metadata.xml", metadata().encode())
    fields = {"type": "saml", "Name": "corp", "metadata_file": file}
    said = text_of(root.post(reverse("provider_create"), **fields))
    assert "saml-provider" not in said.split("corp provider was added.")[0][-40:]
    assert "corp provider was added." in said
    assert world.do("GetSAMLProvider", SAMLProviderArn=SAML)["SAMLMetadataDocument"] == metadata()


def test_a_file_of_a_refused_form_stays_as_text(world: World, root: Visitor) -> None:
    file = SimpleUploadedFile("metadata.xml", metadata().encode())
    response = root.post(reverse("provider_create"), type="saml", Name="a b", metadata_file=file)
    assert "Member must satisfy regular expression pattern" in text_of(response)
    assert response.context["form"]["SAMLMetadataDocument"].value() == metadata()
    assert response.context["form"]["Name"].value() == "a b"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"SAMLMetadataDocument": "<a/>"}, "SAMLMetadataDocument", "greater than or equal to 1000"),
        ({"SAMLMetadataDocument": "x" * 1000}, "SAMLMetadataDocument", "Could not parse metadata"),
        ({"SAMLMetadataDocument": ""}, "metadata_file", "Metadata document is required."),
        ({"Name": ""}, "Name", "Provider name is required."),
    ],
)
def test_a_refusal_of_a_saml_provider_is_shown_at_its_field(root, typed, field, sentence) -> None:
    response = root.post(reverse("provider_create"), **{**TYPED_SAML, **typed})
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert sentence in errors[field][0]


def test_a_file_that_is_no_text_is_refused(root: Visitor) -> None:
    file = SimpleUploadedFile("metadata.xml", b"\xff\xfe\x00")
    response = root.post(reverse("provider_create"), type="saml", Name="c", metadata_file=file)
    assert "not UTF-8 text" in text_of(response)


def test_an_openid_connect_provider_is_added_with_its_keys(world: World, root: Visitor) -> None:
    fields = {**TYPED_OIDC, "JsonWebKeySet": KEYS}
    assert "provider was added." in text_of(root.post(reverse("provider_create"), **fields))
    kept = world.do("GetOpenIDConnectProviderKeys", OpenIDConnectProviderArn=OIDC)
    assert json.loads(kept["JsonWebKeySet"]) == identity().key_set


def test_refused_keys_are_reported_at_their_field(world: World, root: Visitor) -> None:
    private = json.dumps({"keys": [identity().jwk.as_dict(private=True)]})
    for typed, sentence in (("{", "is not JSON"), (private, "give the public keys only")):
        response = root.post(reverse("provider_create"), **TYPED_OIDC, JsonWebKeySet=typed)
        assert sentence in response.context["form"].errors["JsonWebKeySet"][0]
        assert response.context["form"]["Url"].value() == ISSUER
    assert world.do("ListOpenIDConnectProviders")["OpenIDConnectProviderList"] == []


def test_a_user_who_may_not_set_keys_adds_the_provider_without(world: World) -> None:
    world.add_user("ann", allow("iam:CreateOpenIDConnectProvider"))
    ann = Visitor(world, "ann")
    said = text_of(ann.post(reverse("provider_create"), **TYPED_OIDC, JsonWebKeySet=KEYS))
    assert "The provider has no keys yet: User: " in said
    assert world.do("ListOpenIDConnectProviders")["OpenIDConnectProviderList"]


def test_an_audience_is_asked_for(world: World, root: Visitor) -> None:
    response = root.post(reverse("provider_create"), **{**TYPED_OIDC, "ClientIDList": ""})
    assert response.context["form"].errors["ClientIDList"] == ["Audience is required."]


@pytest.mark.parametrize("url", ["example.com", "http://example.com", "https://example.com:1"])
def test_a_refused_url_is_reported_at_its_field(root: Visitor, url: str) -> None:
    response = root.post(reverse("provider_create"), **{**TYPED_OIDC, "Url": url})
    assert (
        response.context["form"].errors["Url"][0].startswith("Invalid Open ID Connect Provider URL")
    )


def test_a_taken_name_or_url_is_reported_at_its_field(both: World, root: Visitor) -> None:
    for typed, field in ((TYPED_SAML, "Name"), (TYPED_OIDC, "Url")):
        response = root.post(reverse("provider_create"), **typed)
        assert "already exists" in response.context["form"].errors[field][0]


def test_the_list_names_both_types(both: World, root: Visitor) -> None:
    said = text_of(root.get(reverse("providers")))
    assert "Identity providers (2)" in said
    assert "corp SAML" in said
    assert f"{ISSUER.removeprefix('https://')} OpenID Connect" in said


def test_the_list_may_be_denied(world: World, both: World) -> None:
    world.add_user("ann", allow("iam:ListSAMLProviders"))
    said = text_of(Visitor(world, "ann").get(reverse("providers")))
    assert "corp SAML" in said
    assert "is not authorized to perform: iam:ListOpenIDConnectProviders" in said
    world.add_user("bob")
    said = text_of(Visitor(world, "bob").get(reverse("providers")))
    assert "is not authorized to perform: iam:ListSAMLProviders" in said


def test_providers_are_deleted_when_the_word_was_typed(both: World, root: Visitor) -> None:
    asked = root.get(reverse("provider_delete"), selected=[SAML, OIDC])
    assert "Delete 2 identity providers?" in text_of(asked)
    chosen = {"selected": [SAML, OIDC]}
    wrong = root.post(reverse("provider_delete"), **chosen, confirm="yes")
    assert "To confirm, type delete." in text_of(wrong)
    said = text_of(root.post(reverse("provider_delete"), **chosen, confirm="delete"))
    assert "Identity provider corp deleted." in said
    assert both.do("ListSAMLProviders")["SAMLProviderList"] == []


def test_a_saml_page_shows_the_metadata_and_replaces_it(both: World, root: Visitor) -> None:
    said = text_of(page(root, "saml_provider", SAML))
    assert SAML in said
    assert "Valid until" in said
    downloaded = page(root, "saml_metadata", SAML)
    assert downloaded.content.decode() == metadata()
    newer = metadata("https://idp.example.com/newer")
    send(root, "saml_edit", SAML, SAMLMetadataDocument=newer)
    assert both.do("GetSAMLProvider", SAMLProviderArn=SAML)["SAMLMetadataDocument"] == newer
    refused = send(root, "saml_edit", SAML, SAMLMetadataDocument="x" * 1000)
    assert "Could not parse metadata" in text_of(refused)


def test_audiences_are_added_and_removed(both: World, root: Visitor) -> None:
    assert CLIENT in text_of(page(root, "oidc_provider", OIDC))
    send(root, "audience_add", OIDC, ClientID="other")
    empty = send(root, "audience_add", OIDC, ClientID="")
    assert "greater than or equal to 1" in text_of(empty)
    asked = root.get(reverse("audiences_remove"), arn=OIDC, selected="other")
    assert "Remove other?" in text_of(asked)
    sent = {"arn": OIDC, "selected": "other", "confirm": "remove"}
    assert "Audience other removed." in text_of(root.post(reverse("audiences_remove"), **sent))
    found = both.do("GetOpenIDConnectProvider", OpenIDConnectProviderArn=OIDC)
    assert found["ClientIDList"] == [CLIENT]


def test_thumbprints_and_keys_are_set_under_endpoint_verification(both, root: Visitor) -> None:
    said = text_of(page(root, "oidc_provider", OIDC, tab="verification"))
    assert "has no keys yet" in said
    send(root, "thumbprints_edit", OIDC, ThumbprintList=f"{'a' * 40}\n{'b' * 40}")
    wrong = send(root, "thumbprints_edit", OIDC, ThumbprintList="abc")
    assert "40 hexadecimal characters" in text_of(wrong)
    wrong = send(root, "provider_keys", OIDC, JsonWebKeySet="{}")
    assert "has no" in text_of(wrong)
    send(root, "provider_keys", OIDC, JsonWebKeySet=KEYS)
    shown = page(root, "oidc_provider", OIDC, tab="verification")
    assert "a" * 40 in text_of(shown)
    assert json.loads(shown.context["key_set"]) == identity().key_set


def test_the_sandboxs_own_provider_needs_no_keys(world: World, root: Visitor) -> None:
    name = name_of(world.sandbox)
    world.do("CreateOpenIDConnectProvider", Url=name.issuer, ClientIDList=["x"])
    arn = f"arn:aws:iam::{world.account_id}:oidc-provider/{name.host}"
    said = text_of(page(root, "oidc_provider", arn, tab="verification"))
    assert "its keys are known" in said


@pytest.mark.parametrize(("arn", "word"), [(SAML, "SAMLProvider"), (OIDC, "OpenIDConnectProvider")])
def test_tags_are_managed(both: World, root: Visitor, arn: str, word: str) -> None:
    send(root, "provider_tags", arn, **{"Tags-key": "team", "Tags-value": "blue"})
    tags = both.do(f"List{word}Tags", **{f"{word}Arn": arn})["Tags"]
    assert tags == [{"Key": "team", "Value": "blue"}]


@pytest.mark.parametrize("name", ["saml_provider", "oidc_provider", "saml_metadata"])
def test_a_provider_that_there_is_not_is_not_found(root: Visitor, name: str) -> None:
    for arn in ("", "garbage", SAML, OIDC):
        assert page(root, name, arn).status_code == 404


@pytest.mark.parametrize("name", ["saml_edit", "audience_add"])
def test_a_change_of_no_provider_has_no_empty_link(root: Visitor, name: str) -> None:
    said = root.get(reverse(name)).content.decode()
    assert '?arn="' not in said.partition("<main")[0]
    assert 'aria-current="page"' in said
