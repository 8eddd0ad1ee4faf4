"""X.509 signing certificates and SSH public keys on the tab *Security credentials*."""

from typing import Any

import pytest
from django.urls import reverse

from tests.iam.certificates import OWN
from tests.iam.ssh import SSH
from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow

CERTIFICATE = ("certificates", "CertificateBody", OWN, "X.509 certificate")
KEY = ("ssh-keys", "SSHPublicKeyBody", SSH, "SSH public key")
BOTH = pytest.mark.parametrize(("slug", "field", "text", "noun"), [CERTIFICATE, KEY])


@pytest.fixture
def world(world: World) -> World:
    world.add_user("ann")
    return world


def kept(world: World, slug: str) -> list[dict[str, Any]]:
    if slug == "ssh-keys":
        return list(world.do("ListSSHPublicKeys", UserName="ann")["SSHPublicKeys"])
    return list(world.do("ListSigningCertificates", UserName="ann")["Certificates"])


def tab(visitor: Visitor) -> str:
    return text_of(visitor.get(reverse("user", args=["ann"]), tab="credentials"))


@BOTH
def test_one_is_uploaded_deactivated_activated_and_deleted(
    world: World, root: Visitor, slug: str, field: str, text: str, noun: str
) -> None:
    url = reverse("credential_upload", args=["ann", slug])
    assert f"{noun} uploaded." in text_of(root.post(url, **{field: text}))
    (row,) = kept(world, slug)
    row_id = next(str(row[name]) for name in ("CertificateId", "SSHPublicKeyId") if name in row)
    assert row_id in tab(root)

    def change(verb: str, **fields: str) -> str:
        at = reverse("credential_change", args=["ann", slug, row_id, verb])
        return text_of(root.post(at, **fields))

    assert f"{noun} deactivated." in change("deactivate")
    assert kept(world, slug)[0]["Status"] == "Inactive"
    assert f"{noun} activated." in change("activate")
    assert f"To confirm, type {row_id}." in change("delete", confirm="something")
    assert f"{noun} deleted." in change("delete", confirm=row_id)
    assert kept(world, slug) == []
    assert "cannot be found." in change("activate")


@BOTH
def test_an_invalid_text_is_refused_at_its_field_and_stays(
    world: World, root: Visitor, slug: str, field: str, text: str, noun: str
) -> None:
    url = reverse("credential_upload", args=["ann", slug])
    root.post(url, **{field: text})
    form = root.post(url, **{field: text}).context["form"]
    assert "already associated" in form.errors[field][0]
    assert form[field].value() == text
    for typed in ("", "nonsense", "\u2013"):
        response = root.post(url, **{field: typed})
        assert list(response.context["form"].errors) == [field]
        assert response.context["form"][field].value() == typed


def test_an_ssh_key_is_shown_with_its_fingerprint(world: World, root: Visitor) -> None:
    made = world.do("UploadSSHPublicKey", UserName="ann", SSHPublicKeyBody=SSH)["SSHPublicKey"]
    said = text_of(root.get(reverse("ssh_key", args=["ann", made["SSHPublicKeyId"]])))
    assert made["Fingerprint"] in said
    assert SSH in said


def test_a_user_who_may_not_list_them_sees_why_in_their_place(world: World) -> None:
    world.add_user("eve", allow("iam:GetUser", "iam:GetLoginProfile"))
    said = tab(Visitor(world, "eve"))
    assert "not authorized to perform: iam:ListSigningCertificates" in said
    assert "not authorized to perform: iam:ListSSHPublicKeys" in said
    assert "(0)" not in said


def test_ones_own_are_on_the_page_of_ones_credentials(world: World) -> None:
    allowed = allow("iam:List*", "iam:*SSHPublicKey", "iam:*SigningCertificate")
    world.do("PutUserPolicy", UserName="ann", PolicyName="own", PolicyDocument=allowed)
    ann = Visitor(world, "ann")
    assert "No X.509 certificates" in text_of(ann.get(reverse("security_credentials")))
    for slug, field, text, noun in (CERTIFICATE, KEY):
        url = reverse("own_credential_upload", args=[slug])
        assert f"{noun} uploaded." in text_of(ann.post(url, **{field: text}))
        assert len(kept(world, slug)) == 1


def test_an_unknown_kind_or_verb_is_not_found(root: Visitor) -> None:
    assert root.get(reverse("credential_upload", args=["ann", "passports"])).status_code == 404
    for slug, verb in (("passports", "delete"), ("ssh-keys", "eat")):
        url = reverse("credential_change", args=["ann", slug, "APKA", verb])
        assert root.get(url).status_code == 404


def test_the_console_deletes_both_with_their_user(world: World, root: Visitor) -> None:
    world.do("UploadSSHPublicKey", UserName="ann", SSHPublicKeyBody=SSH)
    world.do("UploadSigningCertificate", UserName="ann", CertificateBody=OWN)
    said = text_of(root.post(reverse("user_delete"), selected="ann", confirm="ann"))
    assert "User ann deleted." in said
