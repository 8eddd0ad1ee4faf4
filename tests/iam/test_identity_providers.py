"""Identity providers: what an account may trust, by metadata, URL, audiences and keys."""

import json

import pytest

from iam.models import Event, OidcProvider, SamlProvider
from iam.perform import AccessDenied, perform
from iam.trail import end_visit
from tests.federation.documents import CLIENT, ENTITY, ISSUER, identity, metadata
from tests.iam.providers import KEYS, OIDC, SAML
from tests.worlds import allow


@pytest.fixture
def saml(world):
    world.do("CreateSAMLProvider", Name="corp", SAMLMetadataDocument=metadata())
    return world


@pytest.fixture
def oidc(world):
    world.do("CreateOpenIDConnectProvider", Url=ISSUER, ClientIDList=[CLIENT])
    return world


def test_a_saml_provider_keeps_its_metadata_as_given(saml):
    found = saml.do("GetSAMLProvider", SAMLProviderArn=SAML)
    assert found["SAMLMetadataDocument"] == metadata()
    assert found["ValidUntil"] == identity().certificate.not_valid_after_utc
    assert [one["Arn"] for one in saml.do("ListSAMLProviders")["SAMLProviderList"]] == [SAML]
    assert saml.do("GetAccountSummary")["SummaryMap"]["Providers"] == 1


def test_a_name_is_taken_once(saml, refusal):
    error = refusal("CreateSAMLProvider", Name="corp", SAMLMetadataDocument=metadata())
    assert (error.code, error.status) == ("EntityAlreadyExists", 409)


@pytest.mark.parametrize("document", ["x" * 1000, metadata().replace("IDPSSO", "SPSSO")])
def test_metadata_that_describes_no_provider_is_refused(world, refusal, document):
    error = refusal("CreateSAMLProvider", Name="corp", SAMLMetadataDocument=document)
    assert (error.code, error.status) == ("InvalidInput", 400)
    assert error.message.startswith("Could not parse metadata")
    assert not SamlProvider.in_sandbox(world.sandbox).exists()


def test_metadata_shorter_than_a_thousand_characters_is_refused(refusal):
    error = refusal("CreateSAMLProvider", Name="corp", SAMLMetadataDocument="<a/>")
    assert error.code == "ValidationError"
    assert "Member must have length greater than or equal to 1000" in error.message


def test_newer_metadata_replaces_older(saml):
    newer = metadata(ENTITY + "/new")
    saml.do("UpdateSAMLProvider", SAMLProviderArn=SAML, SAMLMetadataDocument=newer)
    assert saml.do("GetSAMLProvider", SAMLProviderArn=SAML)["SAMLMetadataDocument"] == newer


def test_private_keys_come_and_go_and_are_never_shown(saml, refusal):
    pem = identity().key_pem
    required = {"SAMLProviderArn": SAML, "AssertionEncryptionMode": "Required"}
    assert "no private key is provided" in refusal("UpdateSAMLProvider", **required).message
    saml.do("UpdateSAMLProvider", **required, AddPrivateKey=pem)
    found = saml.do("GetSAMLProvider", SAMLProviderArn=SAML)
    key_id = found["PrivateKeyList"][0]["KeyId"]
    assert pem not in str(found)
    both = {"AddPrivateKey": pem, "RemovePrivateKey": key_id}
    assert "in the same request" in refusal("UpdateSAMLProvider", **required, **both).message
    saml.do(
        "UpdateSAMLProvider",
        SAMLProviderArn=SAML,
        AssertionEncryptionMode="Allowed",
        RemovePrivateKey=key_id,
    )
    assert saml.do("GetSAMLProvider", SAMLProviderArn=SAML)["PrivateKeyList"] == []
    assert "PRIVATE KEY" not in str(list(Event.in_sandbox(saml.sandbox).values_list("record")))


def test_two_private_keys_are_the_most(saml, refusal):
    for who in ("idp", "other"):
        saml.do("UpdateSAMLProvider", SAMLProviderArn=SAML, AddPrivateKey=identity(who).key_pem)
    third = {"SAMLProviderArn": SAML, "AddPrivateKey": identity("third").key_pem}
    error = refusal("UpdateSAMLProvider", **third)
    assert (error.code, error.message) == ("LimitExceeded", "Private key limit reached")


def test_an_update_of_nothing_is_refused(saml, refusal):
    assert "No updates are defined" in refusal("UpdateSAMLProvider", SAMLProviderArn=SAML).message


@pytest.mark.parametrize("url", ["login.example.com", "https://", "mailto:login@example.com"])
def test_a_malformed_url_is_a_validation_error(world, refusal, url):
    error = refusal("CreateOpenIDConnectProvider", Url=url)
    assert (error.code, error.message) == (
        "ValidationError",
        "Invalid Open ID Connect Provider URL",
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://login.example.com:8443",
        "https://login.example.com:0",
        "https://login.example.com/?a=b",
        "https://login.example.com/#a",
        "https://user@login.example.com",
        "https://[",
        "https://login.example.com/a b",
        "https://login.example.com?",
    ],
)
def test_a_url_that_is_no_issuer_is_refused(world, refusal, url):
    error = refusal("CreateOpenIDConnectProvider", Url=url)
    assert error.code == "InvalidInput"
    assert error.message == "Invalid Open ID Connect Provider URL."


def test_a_url_begins_with_https(refusal):
    error = refusal("CreateOpenIDConnectProvider", Url="http://login.example.com")
    assert error.code == "InvalidInput"
    assert error.message.endswith("The URL must begin with https://.")


def test_a_url_is_taken_once(oidc, refusal):
    error = refusal("CreateOpenIDConnectProvider", Url=ISSUER)
    assert (error.code, error.status) == ("EntityAlreadyExists", 409)


def test_a_slash_at_the_end_makes_another_provider(oidc):
    made = oidc.do("CreateOpenIDConnectProvider", Url=f"{ISSUER}/")
    assert made["OpenIDConnectProviderArn"] == f"{OIDC}/"
    listed = oidc.do("ListOpenIDConnectProviders")["OpenIDConnectProviderList"]
    assert [one["Arn"] for one in listed] == [OIDC, f"{OIDC}/"]


def test_audiences_are_added_and_removed_and_twice_does_no_harm(oidc):
    named = {"OpenIDConnectProviderArn": OIDC}
    for client in ("a", "a", "b"):
        oidc.do("AddClientIDToOpenIDConnectProvider", **named, ClientID=client)
    for client in ("b", "b"):
        oidc.do("RemoveClientIDFromOpenIDConnectProvider", **named, ClientID=client)
    assert oidc.do("GetOpenIDConnectProvider", **named)["ClientIDList"] == [CLIENT, "a"]


def test_a_hundred_audiences_and_five_thumbprints_are_the_most(oidc, refusal):
    named = {"OpenIDConnectProviderArn": OIDC}
    OidcProvider.in_sandbox(oidc.sandbox).update(client_ids=[str(n) for n in range(100)])
    error = refusal("AddClientIDToOpenIDConnectProvider", **named, ClientID="more")
    assert error.message == "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"
    six = [character * 40 for character in "abcdef"]
    error = refusal("UpdateOpenIDConnectProviderThumbprint", **named, ThumbprintList=six)
    assert error.code == "InvalidInput"
    short = {"ThumbprintList": ["a" * 39]}
    error = refusal("UpdateOpenIDConnectProviderThumbprint", **named, **short)
    assert error.code == "ValidationError"


def test_keys_are_public_keys(oidc, refusal):
    named = {"OpenIDConnectProviderArn": OIDC}
    assert oidc.do("GetOpenIDConnectProviderKeys", **named) == {}
    private = json.dumps({"keys": [identity().jwk.as_dict(private=True)]})
    error = refusal("UpdateOpenIDConnectProviderKeys", **named, JsonWebKeySet=private)
    assert error.members == ("JsonWebKeySet",)
    oidc.do("UpdateOpenIDConnectProviderKeys", **named, JsonWebKeySet=KEYS)
    kept = oidc.do("GetOpenIDConnectProviderKeys", **named)["JsonWebKeySet"]
    assert json.loads(kept) == identity().key_set
    oidc.do("UpdateOpenIDConnectProviderKeys", **named)
    assert oidc.do("GetOpenIDConnectProviderKeys", **named) == {}


def test_a_user_who_may_change_thumbprints_may_set_keys(oidc):
    params = {"OpenIDConnectProviderArn": OIDC, "JsonWebKeySet": KEYS}
    other = oidc.add_user("other", allow("iam:GetOpenIDConnectProvider"))
    with pytest.raises(AccessDenied, match="iam:UpdateOpenIDConnectProviderThumbprint"):
        perform(other, "iam:UpdateOpenIDConnectProviderKeys", params)
    may = oidc.add_user("may", allow("iam:UpdateOpenIDConnectProviderThumbprint", resource=OIDC))
    perform(may, "iam:UpdateOpenIDConnectProviderKeys", params)


@pytest.mark.parametrize(
    ("operation", "parameter", "arn"),
    [
        ("GetSAMLProvider", "SAMLProviderArn", SAML),
        ("DeleteSAMLProvider", "SAMLProviderArn", SAML.replace("975", "111")),
        ("GetOpenIDConnectProvider", "OpenIDConnectProviderArn", OIDC),
        ("TagOpenIDConnectProvider", "OpenIDConnectProviderArn", OIDC + "/none"),
    ],
)
def test_a_missing_provider_is_no_such_entity(refusal, operation, parameter, arn):
    more = {"Tags": [{"Key": "k", "Value": "v"}]} if operation.startswith("Tag") else {}
    error = refusal(operation, **{parameter: arn}, **more)
    assert (error.code, error.status) == ("NoSuchEntity", 404)


def test_an_arn_of_something_else_is_invalid(refusal):
    error = refusal("GetSAMLProvider", SAMLProviderArn="arn:aws:iam::1:user/somebody")
    assert error.code == "InvalidInput"


def test_an_event_names_the_provider(saml):
    caller = saml.root()
    perform(caller, "iam:DeleteSAMLProvider", {"SAMLProviderArn": SAML})
    end_visit(caller.visit)
    event = Event.in_sandbox(saml.sandbox).filter(name="DeleteSAMLProvider").get()
    assert SAML in json.dumps(event.record)


def test_tags_limit_the_permission_to_delete(saml):
    saml.do("TagSAMLProvider", SAMLProviderArn=SAML, Tags=[{"Key": "team", "Value": "red"}])
    policy = allow(
        "iam:DeleteSAMLProvider", Condition={"StringEquals": {"aws:ResourceTag/team": "blue"}}
    )
    blue = saml.add_user("blue", policy)
    with pytest.raises(AccessDenied):
        perform(blue, "iam:DeleteSAMLProvider", {"SAMLProviderArn": SAML})


def test_what_the_reference_calls_idempotent_does_not_fail_twice(world):
    """API reference: these three of IAM's operations are idempotent, and no other says so."""
    arn = world.do("CreateOpenIDConnectProvider", Url=ISSUER)["OpenIDConnectProviderArn"]
    named = {"OpenIDConnectProviderArn": arn}
    for operation, more in (
        ("AddClientIDToOpenIDConnectProvider", {"ClientID": "a"}),
        ("RemoveClientIDFromOpenIDConnectProvider", {"ClientID": "a"}),
        ("DeleteOpenIDConnectProvider", {}),
    ):
        for _ in range(2):
            world.do(operation, **named, **more)
    assert world.do("ListOpenIDConnectProviders")["OpenIDConnectProviderList"] == []
