"""Server certificates; their private keys are checked and not stored."""

from typing import Any

from iam import quotas
from iam.actions.bulk_reads import page_of, paged
from iam.actions.certificate_texts import check_chain, check_private_key, read_certificate
from iam.actions.refusals import already_exists, no_such_entity, over_quota
from iam.actions.shapes import shown_tags
from iam.actions.subjects import (
    Extra,
    all_of,
    iam_resource,
    no_context,
    requested_tags,
    resolution_of,
    resolution_of_new,
)
from iam.actions.tags import checked_tags, list_tags, tag, tagged, untag
from iam.arns import iam_arn
from iam.models import ServerCertificate
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes
from iam.perform.registry import Resolver
from iam.queries import in_account

_WORD = "ServerCertificate"


def _arn(account_id: str, name: str, path: str = "/") -> str:
    return iam_arn(account_id, ServerCertificate.arn_type, name, path)


def on_new_certificate(call: Call, params: Params) -> Resolution:
    """Resolve a new certificate: a check on its future ARN."""
    name = params["ServerCertificateName"]
    arn = _arn(call.caller.account_id, name, params.get("Path", "/"))
    resource = iam_resource(_WORD, name)
    return resolution_of_new(call, _WORD, arn, requested_tags(params), resource)


def named_certificate(extra: Extra = no_context) -> Resolver:
    """Return a resolver of a request that names a server certificate."""

    def resolve(call: Call, params: Params) -> Resolution:
        name = params["ServerCertificateName"]
        rows = in_account(ServerCertificate, call.caller.sandbox, call.caller.account_id)
        found = rows.filter(name=name).first()
        arn = found.arn if found else _arn(call.caller.account_id, name)
        message = f"The Server Certificate with name {name} cannot be found."
        missing = no_such_entity(message, "ServerCertificateName")
        context, resource = extra(params, found), iam_resource(_WORD, name)
        return resolution_of(call, arn, found, context, missing=missing, resource=resource)

    return resolve


def _metadata(certificate: ServerCertificate) -> Result:
    return {
        "Path": certificate.path,
        "ServerCertificateName": certificate.name,
        "ServerCertificateId": certificate.unique_id,
        "Arn": certificate.arn,
        "UploadDate": certificate.created_at,
        "Expiration": certificate.expires_at,
    }


def _refuse_taken(
    call: Call, params: Params, member: str, but: ServerCertificate | None = None
) -> None:
    name = params[member]
    rows = ServerCertificate.in_sandbox(call.caller.sandbox).filter(account=call.account)
    others = rows.exclude(pk=but.pk) if but else rows
    if others.filter(name__iexact=name).exists():
        raise already_exists(f"The Server Certificate with name {name} already exists.", member)


def new_certificate(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new certificate; the private key must be its own."""
    certificate = read_certificate(params["CertificateBody"])
    check_private_key(certificate, params["PrivateKey"])
    chain = params.get("CertificateChain", "")
    if chain:
        check_chain(certificate, chain)
    _refuse_taken(call, params, "ServerCertificateName")
    rows = ServerCertificate.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if rows.count() >= quotas.SERVER_CERTIFICATES:
        raise over_quota("ServerCertificatesPerAccount", quotas.SERVER_CERTIFICATES)
    return {
        "path": params.get("Path", "/"),
        "name": params["ServerCertificateName"],
        "body": params["CertificateBody"],
        "chain": chain,
        "expires_at": certificate.not_valid_after_utc,
        "tags": checked_tags("ServerCertificate", {}, params.get("Tags", ())),
    }


@writes("iam:UploadServerCertificate", on=on_new_certificate, prepare=new_certificate)
def upload_server_certificate(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Store a certificate with its chain."""
    kept: ServerCertificate = ServerCertificate.add(
        call.caller.sandbox, account=call.account, created_at=call.caller.now, **fields
    )
    return {"ServerCertificateMetadata": _metadata(kept), **shown_tags(kept)}


@reads("iam:GetServerCertificate", on=named_certificate())
def get_server_certificate(call: Call, params: Params, kept: ServerCertificate) -> Result:
    """Return a certificate with its chain and tags."""
    chain = {"CertificateChain": kept.chain} if kept.chain else {}
    metadata = {"ServerCertificateMetadata": _metadata(kept), "CertificateBody": kept.body}
    return {"ServerCertificate": {**metadata, **chain, **shown_tags(kept)}}


@reads("iam:ListServerCertificates", on=all_of("server-certificate"), prepare=paged)
def list_server_certificates(call: Call, params: Params, _: None) -> Result:
    """List the account's server certificates by name."""
    rows = in_account(ServerCertificate, call.caller.sandbox, call.caller.account_id)
    rows = rows.filter(path__startswith=params.get("PathPrefix", "/"))
    return page_of(params, "ServerCertificateMetadataList", rows, _metadata)


def _renamed(call: Call, params: Params) -> Resolution:
    """Resolve a renaming, which needs permission on the old and the new ARN."""
    found = named_certificate()(call, params)
    kept = found.subject
    if kept is None:
        return found
    name = params.get("NewServerCertificateName", kept.name)
    arn = _arn(call.caller.account_id, name, params.get("NewPath", kept.path))
    checks = (
        found.checks if arn == kept.arn else (*found.checks, PermissionCheck(call.operation, arn))
    )
    return Resolution(checks, kept, None, found.resources)


@writes("iam:UpdateServerCertificate", on=_renamed)
def update_server_certificate(call: Call, params: Params, kept: ServerCertificate) -> None:
    """Change a certificate's name or path."""
    if "NewServerCertificateName" in params:
        _refuse_taken(call, params, "NewServerCertificateName", but=kept)
    kept.name = params.get("NewServerCertificateName", kept.name)
    kept.path = params.get("NewPath", kept.path)
    kept.save(update_fields=["name", "path"])


@writes("iam:DeleteServerCertificate", on=named_certificate())
def delete_server_certificate(call: Call, params: Params, kept: ServerCertificate) -> None:
    kept.delete()


writes("iam:TagServerCertificate", on=named_certificate(requested_tags), prepare=tagged)(tag)
writes("iam:UntagServerCertificate", on=named_certificate(requested_tags))(untag)
reads("iam:ListServerCertificateTags", on=named_certificate(), prepare=paged)(list_tags)
