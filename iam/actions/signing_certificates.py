"""X.509 signing certificates of users."""

from dataclasses import replace
from typing import Any

from iam import quotas
from iam.actions.bulk_reads import page_of, paged
from iam.actions.certificate_texts import fingerprint_of, read_certificate
from iam.actions.key_status import set_status, settable_status, status_of
from iam.actions.refusals import no_such_entity, over_quota
from iam.actions.subjects import named_user_or_own, one
from iam.models import SigningCertificate, User
from iam.models.identifiers import new_random_id
from iam.perform import Call, Params, Resolution, Result, reads, writes
from iam.wire.errors import AwsError


def _shaped(certificate: SigningCertificate) -> Result:
    return {
        "UserName": certificate.user.name,
        "CertificateId": certificate.certificate_id,
        "CertificateBody": certificate.body,
        "Status": status_of(certificate),
        "UploadDate": certificate.uploaded_at,
    }


def _own_certificate(call: Call, params: Params) -> Resolution:
    """Resolve a user and one of its certificates: the subject is the certificate."""
    found = one(named_user_or_own)(call, params)
    if found.subject is None:
        return found
    rows = SigningCertificate.in_sandbox(call.caller.sandbox).filter(user=found.subject)
    wanted = params["CertificateId"]
    certificate = rows.select_related("user").filter(certificate_id=wanted).first()
    missing = no_such_entity(f"The Certificate with id {wanted} cannot be found.", "CertificateId")
    return replace(found, subject=certificate, missing=None if certificate else missing)


def new_certificate(call: Call, params: Params, user: User) -> dict[str, Any]:
    """Return the fields of a new certificate; raises AwsError if the request is refused."""
    certificate = read_certificate(params["CertificateBody"])
    rows = SigningCertificate.in_sandbox(call.caller.sandbox)
    fingerprint = fingerprint_of(certificate)
    if rows.filter(fingerprint=fingerprint, user__account=call.account).exists():
        message = "The certificate is already associated with a user of this account."
        raise AwsError("DuplicateCertificate", message, 409, ("CertificateBody",))
    if certificate.not_valid_after_utc <= call.caller.now:
        message = "The certificate has expired."
        raise AwsError("InvalidCertificate", message, 400, ("CertificateBody",))
    if rows.filter(user=user).count() >= quotas.SIGNING_CERTIFICATES_PER_USER:
        raise over_quota("SigningCertificatesPerUser", quotas.SIGNING_CERTIFICATES_PER_USER)
    return {"user": user, "body": params["CertificateBody"], "fingerprint": fingerprint}


@writes("iam:UploadSigningCertificate", on=one(named_user_or_own), prepare=new_certificate)
def upload_signing_certificate(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Store a user's certificate."""
    certificate_id, now = new_random_id(32), call.caller.now
    kept: SigningCertificate = SigningCertificate.add(
        call.caller.sandbox, certificate_id=certificate_id, uploaded_at=now, **fields
    )
    return {"Certificate": _shaped(kept)}


@reads("iam:ListSigningCertificates", on=one(named_user_or_own), prepare=paged)
def list_signing_certificates(call: Call, params: Params, user: User) -> Result:
    rows = SigningCertificate.in_sandbox(call.caller.sandbox).filter(user=user)
    return page_of(params, "Certificates", rows.select_related("user"), _shaped)


writes("iam:UpdateSigningCertificate", on=_own_certificate, prepare=settable_status("certificate"))(
    set_status
)


@writes("iam:DeleteSigningCertificate", on=_own_certificate)
def delete_signing_certificate(call: Call, params: Params, kept: SigningCertificate) -> None:
    kept.delete()
