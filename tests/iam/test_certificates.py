"""Signing certificates of users, and server certificates."""

import csv
from io import StringIO

import pytest

from iam.models import Event
from tests.federation.documents import identity
from tests.iam.certificates import AUTHORITY, KEY, OWN, issued, pem
from tests.worlds import ACCOUNT_ID

WWW = {"ServerCertificateName": "www", "CertificateBody": OWN, "PrivateKey": KEY}
ANN = {"UserName": "ann"}


@pytest.fixture
def ann(world):
    world.add_user("ann")
    return world


def upload(world, name: str = "www"):
    body = pem(identity(name).certificate)
    return world.do("UploadSigningCertificate", **ANN, CertificateBody=body)["Certificate"]


def test_a_users_certificate_is_kept_listed_and_deactivated(ann):
    made = upload(ann)
    assert made["Status"] == "Active"
    named = {**ANN, "CertificateId": made["CertificateId"]}
    ann.do("UpdateSigningCertificate", **named, Status="Inactive")
    listed = ann.do("ListSigningCertificates", **ANN)["Certificates"]
    assert listed == [{**made, "Status": "Inactive"}]
    ann.do("DeleteSigningCertificate", **named)
    assert ann.do("ListSigningCertificates", **ANN)["Certificates"] == []


def test_at_most_two_are_stored_and_each_only_once(ann, refusal):
    upload(ann)
    again = refusal("UploadSigningCertificate", **ANN, CertificateBody=OWN)
    assert (again.code, again.status) == ("DuplicateCertificate", 409)
    upload(ann, "idp")
    third = pem(identity("third").certificate)
    error = refusal("UploadSigningCertificate", **ANN, CertificateBody=third)
    assert error.message == "Cannot exceed quota for SigningCertificatesPerUser: 2"


def test_a_malformed_or_expired_certificate_is_refused(ann, refusal):
    for body in ("x", KEY, OWN + AUTHORITY):
        error = refusal("UploadSigningCertificate", **ANN, CertificateBody=body)
        assert (error.code, error.status) == ("MalformedCertificate", 400)
    expired = issued(days=-10)
    error = refusal("UploadSigningCertificate", **ANN, CertificateBody=expired)
    assert error.code == "InvalidCertificate"


def test_a_user_with_a_certificate_is_not_deleted(ann, refusal):
    upload(ann)
    error = refusal("DeleteUser", **ANN)
    assert error.message == "Cannot delete entity, must delete signing certificates first."


def test_the_credential_report_has_the_certificates(ann):
    upload(ann)
    ann.do("GenerateCredentialReport")
    content = ann.do("GetCredentialReport")["Content"].decode()
    row = next(one for one in csv.DictReader(StringIO(content)) if one["user"] == "ann")
    assert (row["cert_1_active"], row["cert_2_active"]) == ("true", "false")
    assert row["cert_1_last_rotated"].startswith("2026-05-28")


def test_a_server_certificate_is_kept_without_its_key(world):
    tags = [{"Key": "team", "Value": "web"}]
    made = world.do("UploadServerCertificate", **WWW, Path="/web/", Tags=tags)
    metadata = made["ServerCertificateMetadata"]
    assert metadata["Arn"] == f"arn:aws:iam::{ACCOUNT_ID}:server-certificate/web/www"
    assert metadata["ServerCertificateId"].startswith("ASCA")
    found = world.do("GetServerCertificate", ServerCertificateName="www")["ServerCertificate"]
    assert found["CertificateBody"] == OWN.strip()
    assert found["Tags"] == tags
    assert KEY not in str(found)
    assert KEY[40:80] not in str(list(Event.in_sandbox(world.sandbox).values_list("record")))
    listed = world.do("ListServerCertificates", PathPrefix="/web/")
    assert listed["ServerCertificateMetadataList"] == [metadata]
    assert world.do("GetAccountSummary")["SummaryMap"]["ServerCertificates"] == 1


def test_a_chain_has_to_lead_upwards(world, refusal):
    body = {**WWW, "CertificateBody": issued()}
    wrong = refusal("UploadServerCertificate", **body, CertificateChain=OWN)
    assert wrong.code == "MalformedCertificate"
    assert "must start with the immediate signing certificate" in wrong.message
    assert refusal("UploadServerCertificate", **body, CertificateChain="x").code == wrong.code
    world.do("UploadServerCertificate", **body, CertificateChain=AUTHORITY)


def test_the_key_of_another_or_an_invalid_one_is_refused(refusal):
    other = refusal("UploadServerCertificate", **{**WWW, "PrivateKey": identity("x").key_pem})
    assert other.code == "KeyPairMismatch"
    for key in ("x", OWN):
        error = refusal("UploadServerCertificate", **{**WWW, "PrivateKey": key})
        assert error.code == "MalformedCertificate"


def test_a_name_is_taken_whatever_its_case_and_may_be_changed(world, refusal):
    world.do("UploadServerCertificate", **WWW)
    error = refusal("UploadServerCertificate", **{**WWW, "ServerCertificateName": "WWW"})
    assert (error.code, error.status) == ("EntityAlreadyExists", 409)
    renamed = {"ServerCertificateName": "www", "NewServerCertificateName": "web"}
    world.do("UpdateServerCertificate", **renamed, NewPath="/new/")
    found = world.do("GetServerCertificate", ServerCertificateName="web")["ServerCertificate"]
    assert found["ServerCertificateMetadata"]["Path"] == "/new/"
    assert refusal("GetServerCertificate", ServerCertificateName="www").code == "NoSuchEntity"
