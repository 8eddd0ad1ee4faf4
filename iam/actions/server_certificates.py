"""Server certificates; their private keys are checked and not stored."""

from typing import Any

from iam.actions.bulk_reads import page_of, paged
from iam.actions.certificate_texts import check_chain, check_private_key, read_certificate
from iam.actions.entity_names import refuse_new
from iam.actions.resource_kinds import SERVER_CERTIFICATE
from iam.actions.shapes import all_tags, shown_tags
from iam.actions.subjects import all_of, below_prefix, named_one, new
from iam.actions.tags import checked_tags
from iam.models import ServerCertificate
from iam.perform import Call, Params, Result, reads, writes


def _metadata(certificate: ServerCertificate) -> Result:
    return {
        "Path": certificate.path,
        "ServerCertificateName": certificate.name,
        "ServerCertificateId": certificate.unique_id,
        "Arn": certificate.arn,
        "UploadDate": certificate.created_at,
        "Expiration": certificate.expires_at,
    }


def new_certificate(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new certificate; the private key must be its own."""
    certificate = read_certificate(params["CertificateBody"])
    check_private_key(certificate, params["PrivateKey"])
    chain = params.get("CertificateChain", "")
    if chain:
        check_chain(certificate, chain)
    refuse_new(call, params, SERVER_CERTIFICATE)
    return {
        "path": params.get("Path", "/"),
        "name": params["ServerCertificateName"],
        # AWS returns them so: Terraform's test of aws_iam_server_certificate expects TrimSpace.
        "body": params["CertificateBody"].strip(),
        "chain": chain.strip(),
        "expires_at": certificate.not_valid_after_utc,
        "tags": checked_tags("ServerCertificate", {}, params.get("Tags", ())),
    }


@writes("iam:UploadServerCertificate", on=new(SERVER_CERTIFICATE), prepare=new_certificate)
def upload_server_certificate(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Store a certificate with its chain."""
    kept: ServerCertificate = ServerCertificate.add(
        call.caller.sandbox, account=call.account, created_at=call.caller.now, **fields
    )
    return {"ServerCertificateMetadata": _metadata(kept), **shown_tags(kept)}


@reads("iam:GetServerCertificate", on=named_one(SERVER_CERTIFICATE))
def get_server_certificate(call: Call, params: Params, kept: ServerCertificate) -> Result:
    """Return a certificate with its chain and tags."""
    chain = {"CertificateChain": kept.chain} if kept.chain else {}
    metadata = {"ServerCertificateMetadata": _metadata(kept), "CertificateBody": kept.body}
    return {"ServerCertificate": {**metadata, **chain, **all_tags(kept)}}


@reads("iam:ListServerCertificates", on=all_of("server-certificate"), prepare=paged)
def list_server_certificates(call: Call, params: Params, _: None) -> Result:
    """List the account's server certificates by name."""
    rows = below_prefix(call, params, ServerCertificate)
    return page_of(params, "ServerCertificateMetadataList", rows, _metadata)


@writes("iam:DeleteServerCertificate", on=named_one(SERVER_CERTIFICATE))
def delete_server_certificate(call: Call, params: Params, kept: ServerCertificate) -> None:
    kept.delete()
