"""Versions of managed policies: up to five, one of which is the default."""

from collections.abc import Sequence

from iam import quotas
from iam.actions.bulk_reads import page_of, paged, reads_many
from iam.actions.policy_subjects import customer_managed, managed
from iam.actions.refusals import delete_conflict, limit_exceeded, no_such_entity, over_quota
from iam.actions.shapes import version_listed
from iam.actions.subjects import one
from iam.catalogue import ManagedPolicy, managed_document, managed_versions
from iam.engine import PolicyType, size_without_whitespace
from iam.models import Document, Policy, PolicyVersion
from iam.perform import Call, Params, Result, reads, writes
from iam.queries import AnyPolicy, checked_document
from iam.wire.errors import AwsError


def _no_version(arn: str, version_id: str) -> AwsError:
    message = f"Policy {arn} version {version_id} does not exist or is not attachable."
    return no_such_entity(message, "VersionId")


def own_version(call: Call, params: Params, policy: Policy) -> PolicyVersion:
    return _version(policy, params["VersionId"])


def _version(policy: Policy, version_id: str) -> PolicyVersion:
    versions = PolicyVersion.in_sandbox(policy.sandbox).filter(policy=policy)
    found: PolicyVersion | None = next((v for v in versions if v.version_id == version_id), None)
    if found is None:
        raise _no_version(policy.arn, version_id)
    found.policy = policy
    return found


def _make_default(call: Call, version: PolicyVersion) -> None:
    version.policy.versions.update(is_default=False)
    version.policy.versions.filter(pk=version.pk).update(is_default=True)
    version.policy.updated_at = call.caller.now
    version.policy.save(update_fields=["updated_at", "latest_version"])
    version.is_default = True


def as_written(call: Call, params: Params, policy: Policy) -> Policy:
    check_managed(params["PolicyDocument"])
    return policy


@writes("iam:CreatePolicyVersion", on=customer_managed(), prepare=as_written)
def create_policy_version(call: Call, params: Params, policy: Policy) -> Result:
    """Add a version; it takes effect only if it is set as the default."""
    if policy.versions.count() >= quotas.VERSIONS_PER_POLICY:
        message = (
            f"A managed policy can have up to {quotas.VERSIONS_PER_POLICY} versions. "
            "Before you create a new version, you must delete an existing version."
        )
        raise limit_exceeded(message)
    policy.latest_version += 1
    policy.updated_at = call.caller.now
    policy.save(update_fields=["latest_version", "updated_at"])
    version = PolicyVersion.add(
        call.caller.sandbox,
        policy=policy,
        number=policy.latest_version,
        document=Document.of(call.caller.sandbox, params["PolicyDocument"]),
        created_at=call.caller.now,
    )
    if params.get("SetAsDefault", False):
        _make_default(call, version)
    return {"PolicyVersion": version_listed(version)}


def with_document(call: Call, params: Params, found: AnyPolicy) -> Result:
    """Return the requested version with its document; raises AwsError if it is gone."""
    version_id = params["VersionId"]
    if isinstance(found, ManagedPolicy):
        version = _aws_versions(found).get(version_id)
        if version is None:
            raise _no_version(found.arn, version_id)
        return {"Document": managed_document(found.arn, version_id), **version}
    own = found if version_id == found.version_id else _version(found.policy, version_id)
    return {"Document": own.document.text, **version_listed(own)}


@reads_many("iam:GetPolicyVersion", on=managed(), prepare=with_document)
def get_policy_version(
    call: Call, requests: Sequence[Params], versions: Sequence[Result]
) -> list[Result]:
    return [{"PolicyVersion": version} for version in versions]


def _aws_versions(policy: ManagedPolicy) -> dict[str, Result]:
    return {
        version.version_id: {
            "VersionId": version.version_id,
            "IsDefaultVersion": version.version_id == policy.default_version_id,
            "CreateDate": version.created,
        }
        for version in managed_versions(policy.arn)
    }


@reads("iam:ListPolicyVersions", on=one(managed()), prepare=paged)
def list_policy_versions(call: Call, params: Params, found: AnyPolicy) -> Result:
    """List a policy's versions, the newest first; for AWS's policies those in the catalogue."""
    if isinstance(found, ManagedPolicy):
        return page_of(params, "Versions", list(_aws_versions(found).values()), dict)
    return page_of(params, "Versions", found.policy.versions.all(), version_listed)


@writes("iam:SetDefaultPolicyVersion", on=customer_managed(), prepare=own_version)
def set_default_policy_version(call: Call, params: Params, version: PolicyVersion) -> None:
    """Make another version the default, everywhere the policy is attached."""
    _make_default(call, version)


@writes("iam:DeletePolicyVersion", on=customer_managed(), prepare=own_version)
def delete_policy_version(call: Call, params: Params, version: PolicyVersion) -> None:
    """Delete a version that is not the default."""
    if version.is_default:
        raise delete_conflict("Cannot delete the default version of a policy.")
    version.delete()


def check_managed(text: str) -> None:
    """Refuse a document that no managed policy may have."""
    checked_document(text, PolicyType.IDENTITY)
    if size_without_whitespace(text) > quotas.MANAGED_POLICY_SIZE:
        raise over_quota("PolicySize", quotas.MANAGED_POLICY_SIZE, "PolicyDocument")
