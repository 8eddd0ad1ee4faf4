"""Federation drawn: provider, STS, role, with the values of the last proof."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from console.pages.iam.providers.federation.picture import FederationPicture
from console.pages.iam.providers.federation.trusts import federated_trusts
from iam.models import Event
from sts.built_in import name_of
from tests.labs.rows.worlds import Place, furnished
from tests.pages.iam.counting import queries_of
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow


@pytest.fixture(scope="module")
def shared_place(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock(), transaction.atomic():
        place = furnished()
        place.sandbox.public = True
        place.sandbox.save(update_fields=["public"])
        world = place.world()
        world.add_user("boss", allow("*"))
        world.add_user("viewer", allow("iam:Get*", "iam:List*"))
        yield place
        transaction.set_rollback(True)


@pytest.fixture
def place(shared_place: Place, db: None) -> Place:
    return shared_place


def boss(place: Place) -> Visitor:
    """Return a user who may do everything; the root user has MFA."""
    return Visitor(place.world(), "boss", place.account_id())


def values_of(picture: FederationPicture) -> dict[str, tuple[str, str]]:
    return {one.label: (one.asked, one.sent) for one in picture.values}


def pictures_at(visitor: Visitor, url: str, **query: str) -> list[FederationPicture]:
    return list(visitor.get(url, **query).context["pictures"])


def record_of(place: Place, operation: str) -> dict[str, Any]:
    rows = Event.in_sandbox(place.sandbox).filter(name=operation, error_code="")
    return dict(rows.latest("time").record)


def test_the_values_of_the_last_proof_are_those_of_its_record(place: Place) -> None:
    root, issuer = boss(place), name_of(place.sandbox).issuer
    web = record_of(place, "AssumeRoleWithWebIdentity")
    (picture,) = pictures_at(root, reverse("role", args=["Web"]), tab="trust")
    shown, said = values_of(picture), web["responseElements"]
    assert shown["Audience (aud)"][1] == said["audience"]
    assert shown["Subject (sub)"][1] == said["subjectFromWebIdentityToken"]
    assert shown["Role"] == (web["requestParameters"]["roleArn"],) * 2
    assert shown["Issuer"][0] == issuer
    assert [box.state for box in picture.boxes] == ["lit", "lit", "lit"]
    saml = record_of(place, "AssumeRoleWithSAML")
    name = saml["requestParameters"]["roleArn"].rpartition("/")[2]
    (picture,) = pictures_at(root, reverse("role", args=[name]), tab="trust")
    shown, said = values_of(picture), saml["responseElements"]
    assert shown["Audience (aud)"][1] == said["audience"]
    assert shown["Subject (sub)"][1] == said["subject"]
    assert shown["Issuer"][1] == said["issuer"]
    assert shown["Provider"][1] == saml["requestParameters"]["principalArn"]


def test_a_providers_page_has_a_picture_for_each_role_that_trusts_it(place: Place) -> None:
    root = boss(place)
    account, host = place.account_id(), name_of(place.sandbox).host
    oidc = f"arn:aws:iam::{account}:oidc-provider/{host}"
    pictures = pictures_at(root, reverse("oidc_provider"), arn=oidc, tab="roles")
    assert [one.boxes[-1].title for one in pictures] == ["Role Web"]
    assert pictures[0].boxes[-1].url == reverse("role", args=["Web"])
    provider = record_of(place, "AssumeRoleWithSAML")["requestParameters"]["principalArn"]
    page = root.get(reverse("saml_provider"), arn=provider)
    (picture, *_) = page.context["pictures"]
    assert values_of(picture)["Issuer"][0] == name_of(place.sandbox).entity_id
    assert "From the provider into the role" in text_of(page)


def test_who_may_not_look_up_events_sees_no_values_and_leaves_no_denial(place: Place) -> None:
    viewer = Visitor(place.world(), "viewer", place.account_id())
    (picture,) = pictures_at(viewer, reverse("role", args=["Web"]), tab="trust")
    assert {sent for _, sent in values_of(picture).values()} == {"-"}
    denied = Event.in_sandbox(place.sandbox).filter(name="LookupEvents", user_name="viewer")
    assert not denied.exists()


def test_a_role_without_a_provider_costs_nothing_more(world: World, root: Visitor) -> None:
    world.add_role("Helper")
    url = reverse("role", args=["Helper"])
    root.get(url, tab="trust")
    assert not Event.in_sandbox(world.sandbox).filter(name="LookupEvents").exists()
    assert queries_of(root, f"{url}?tab=trust") <= queries_of(root, f"{url}?tab=tags")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"Statement": [1]}', '{"Statement": {"Principal": "*"}}', "null"]
)
def test_no_document_breaks_it(text: str) -> None:
    assert federated_trusts(text) == []


def test_a_statement_is_read_with_its_conditions() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": "accounts.google.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"accounts.google.com:aud": ["a", "b"]}},
    }
    (found,) = federated_trusts(json.dumps({"Statement": statement}))
    assert (found.name, found.operation, found.is_saml) == (
        "accounts.google.com",
        "AssumeRoleWithWebIdentity",
        False,
    )
    assert [(one.operator, one.key, one.values) for one in found.asked] == [
        ("StringEquals", "aud", ("a", "b"))
    ]
