"""The console for who comes from an identity provider, without an IAM user."""

import json
from datetime import timedelta
from typing import Any

import pytest

from iam.models import Event
from iam.perform import perform
from tests.endpoint.federating import ROLE, SAML, SAML_TRUST, make_federated, response, retrust
from tests.endpoint.federating import trusting as trusting_provider
from tests.federation.documents import ROLE_ATTRIBUTE, posted
from tests.signin.browsing import Browser, move_clock, open_world, text_of
from tests.worlds import World, trust

SITE = "http://testserver"
OTHER = f"{ROLE}Too"
OURS = "https://aws.amazon.com/SAML/Attributes/"


@pytest.fixture
def world(db: None) -> World:
    return make_federated(open_world())


def assertion(*roles: str, **others: Any) -> str:
    pairs = [f"{role},{SAML}" for role in roles or (ROLE,)]
    attributes = {ROLE_ATTRIBUTE: pairs, **others.pop("attributes", {})}
    return posted(response(attributes=attributes, **others))


def arrive(tab: Browser, document: str, *, origin: str = SITE, **more: str) -> Any:
    fields = {"SAMLResponse": document, **more}
    return tab.client.post("/signin/saml", fields, headers={"Origin": origin})


def choose(tab: Browser, document: str, role: str = ROLE, **more: str) -> Any:
    fields = {"SAMLResponse": document, "role": f"{role},{SAML}", **more}
    return tab.client.post("/signin/saml/role", fields)


def test_one_role_of_this_sites_own_provider_opens_at_once(world, tab):
    assert arrive(tab, assertion()).url == "/iam/"
    console = tab.console()
    assert console.label == "Federated/alice"
    assert console.is_federated
    page = text_of(tab.get("/s3/"))
    assert "Federated user Federated/alice" in page


def test_another_sites_form_only_leads_to_the_roles(world, tab):
    document = assertion()
    page = arrive(tab, document, origin="https://idp.example.com")
    assert "Select a role" in text_of(page)
    assert tab.consoles() == []
    assert choose(tab, document).url == "/iam/"
    assert len(tab.consoles()) == 1


def test_several_roles_are_offered_by_account(world, tab):
    statement = trusting_provider(*SAML_TRUST)
    world.do("CreateRole", RoleName="FederatedToo", AssumeRolePolicyDocument=statement)
    document = assertion(ROLE, OTHER)
    page = text_of(arrive(tab, document))
    assert "Account: lessons (975050059573)" in page
    assert "FederatedToo" in page
    choose(tab, document, OTHER)
    assert tab.console().label == "FederatedToo/alice"


def test_a_role_has_to_be_selected_among_those_offered(world, tab):
    page = choose(tab, assertion(), OTHER)
    assert "Select a role." in text_of(page)
    assert tab.consoles() == []


def test_the_relay_state_leads_to_a_page_of_this_site_only(world, tab):
    assert arrive(tab, assertion(), RelayState="/s3/").url == "/s3/"
    assert arrive(tab, assertion(), RelayState="https://evil.example.com/").url == "/iam/"


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("", "Response did not contain a valid SAML assertion"),
        ("AAAA", "Response did not contain a valid SAML assertion"),
        (lambda: posted(response(), who="mallory"), "Response signature invalid"),
        (lambda: posted(response(), sign="nothing"), "Response signature invalid"),
        (
            lambda: assertion(issued=response().issued - timedelta(minutes=6)),
            "Token must be redeemed within 5 minutes of issuance",
        ),
        (
            lambda: assertion("arn:aws:iam::111122223333:role/R"),
            "Specified provider doesn't exist",
        ),
    ],
)
def test_a_response_that_proves_nothing_opens_nothing(world, tab, document, sentence):
    page = arrive(tab, document() if callable(document) else document)
    assert page.status_code == 403
    assert sentence in text_of(page)
    assert tab.consoles() == []


def test_a_role_that_does_not_trust_the_provider_is_refused_with_the_reason(world, tab):
    retrust(world, trust(world.account_id))
    page = arrive(tab, assertion())
    assert page.status_code == 403
    assert "Not authorized to perform sts:AssumeRoleWithSAML" in text_of(page)
    assert tab.consoles() == []


def test_a_private_sandbox_needs_a_site_login_that_may_open_it(db, tab):
    private = make_federated(open_world(public=False))
    page = arrive(tab, assertion())
    assert "needs a site login" in text_of(page)
    tab.client.force_login(private.sandbox.owner)
    assert arrive(tab, assertion()).url == "/iam/"


def test_the_console_lasts_as_long_as_the_provider_sets(world, tab):
    world.do("UpdateRole", RoleName="Federated", MaxSessionDuration=43200)
    longer = {f"{OURS}SessionDuration": ["7200"]}
    arrive(tab, assertion(attributes=longer))
    move_clock(world, hours=1, minutes=59)
    assert tab.console().label == "Federated/alice"
    move_clock(world, minutes=2)
    assert "Your sign-in has ended: its time is up" in text_of(tab.get("/iam/"))


def test_the_sign_in_is_recorded_as_the_role_sessions(world, tab):
    arrive(tab, assertion())
    events = Event.in_sandbox(world.sandbox)
    login = events.get(name="ConsoleLogin").record
    assert login["userIdentity"]["type"] == "AssumedRole"
    assert login["additionalEventData"]["SamlProviderArn"] == SAML
    assert login["responseElements"] == {"ConsoleLogin": "Success"}
    assumed = events.get(name="AssumeRoleWithSAML").record
    assert assumed["sourceIPAddress"] == "AWS Internal"


def test_switching_from_there_is_chaining_and_leads_back(world, tab):
    grant = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [grant]})
    world.do("PutRolePolicy", RoleName="Federated", PolicyName="p", PolicyDocument=policy)
    world.add_role("Lesson")
    world.do("UpdateRole", RoleName="Lesson", MaxSessionDuration=43200)
    arrive(tab, assertion())
    tab.switch("Lesson")
    console = tab.console()
    assert console.is_role
    assert (console.caller.expires_at - console.caller.issued_at) <= timedelta(hours=1)
    tab.post("/switchrole/back")
    assert tab.console().label == "Federated/alice"


def test_a_federated_user_has_no_long_term_credentials_to_see(world, tab):
    arrive(tab, assertion())
    page = tab.client.get("/iam/security_credentials", follow=True)
    assert "A role has no long-term credentials." in text_of(page)


def test_a_role_that_is_gone_ends_the_console(world, tab):
    arrive(tab, assertion())
    perform(world.root(), "iam:DeleteRolePolicy", {"RoleName": "Federated", "PolicyName": "p"})
    perform(world.root(), "iam:DeleteRole", {"RoleName": "Federated"})
    assert "Your sign-in has ended" in text_of(tab.get("/iam/"))


def test_the_address_without_a_response_is_the_sign_in_page(db, tab):
    assert tab.get("/signin/saml").url == "/signin"


def test_a_refusal_leads_back_to_the_provider_of_this_site_it_came_from(world, tab):
    def refused(origin: str, referer: str) -> str:
        headers = {"Origin": origin, "Referer": referer}
        return text_of(tab.client.post("/signin/saml", {"SAMLResponse": ""}, headers=headers))

    back, ours = "Back to the identity provider", "http://testserver"
    assert back in refused(ours, f"{ours}/idp/1-abcdefgh/aws")
    assert back not in refused("https://idp.example", f"{ours}/idp/1-abcdefgh/aws")
    assert back not in refused(ours, f"{ours}/iam/roles")
