"""All of an account at once: its identities, groups and policies with their documents."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from iam.actions.bulk_reads import page_of, paged
from iam.actions.resource_kinds import KINDS, Owner, kind_of
from iam.actions.shapes import (
    all_tags,
    attached_policy,
    group_listed,
    instance_profile,
    policy_listed,
    role_detail,
    user_detail,
    version_listed,
)
from iam.actions.subjects import whole_account
from iam.catalogue import ManagedPolicy
from iam.models import (
    Account,
    Attachment,
    Group,
    GroupMembership,
    InlinePolicy,
    InstanceProfile,
    PolicyVersion,
    Role,
    User,
)
from iam.perform import Call, Listing, Params, Result, lists, reads
from iam.queries import (
    AnyPolicy,
    PolicyUsage,
    find_each_managed,
    in_account,
    shown_each,
    usage_of_policies,
)

Key = tuple[str, int]
_ROLE_LEAVES_OUT = ("MaxSessionDuration", "Description")


@dataclass(frozen=True)
class _Details:
    """All that belongs to an account's identities and policies, loaded once."""

    usage: PolicyUsage
    inline: Mapping[Key, list[Result]]
    attached: Mapping[Key, list[Result]]
    groups: Mapping[int, list[str]]
    versions: Mapping[int, list[PolicyVersion]]
    trusts: Mapping[int, str]
    profiles: Mapping[int, list[InstanceProfile]]

    def of_owner(self, owner: Owner) -> Result:
        """Return a user, group or role with its policies."""
        key: Key = (owner.arn_type, owner.pk)
        policies = {
            f"{kind_of(owner).word}PolicyList": self.inline[key],
            "AttachedManagedPolicies": self.attached[key],
        }
        if isinstance(owner, Group):
            return {**group_listed(owner), **policies}
        if isinstance(owner, User):
            shaped = _without(user_detail(owner), "PasswordLastUsed")
            return {**shaped, **all_tags(owner), **policies, "GroupList": self.groups[owner.pk]}
        shaped = _without(role_detail(owner, self.trusts[owner.pk]), *_ROLE_LEAVES_OUT)
        profiles = [instance_profile(one, self.trusts) for one in self.profiles[owner.pk]]
        return {**shaped, **all_tags(owner), **policies, "InstanceProfileList": profiles}

    def of_policy(self, found: AnyPolicy) -> Result:
        return {**policy_listed(found, self.usage), "PolicyVersionList": self._versions(found)}

    def _versions(self, found: AnyPolicy) -> list[Result]:
        if isinstance(found, ManagedPolicy):
            version: Result = {"VersionId": found.default_version_id, "IsDefaultVersion": True}
            return [{**version, "CreateDate": found.updated, "Document": found.document}]
        return [
            {**version_listed(version), "Document": version.document.text}
            for version in self.versions[found.policy_id]
        ]


def _without(shaped: Result, *names: str) -> Result:
    return {name: value for name, value in shaped.items() if name not in names}


def _owner_key(row: Attachment | InlinePolicy) -> Key:
    for column in (kind.model.arn_type for kind in KINDS):
        pk = getattr(row, f"{column}_id")
        if pk is not None:
            return column, pk
    message = "a policy that nobody owns"
    raise LookupError(message)


def _profiles_of(call: Call, roles: Sequence[Role]) -> dict[int, list[InstanceProfile]]:
    profiles: dict[int, list[InstanceProfile]] = defaultdict(list)
    by_pk = {role.pk: role for role in roles}
    for profile in InstanceProfile.in_sandbox(call.caller.sandbox).filter(account=call.account):
        if profile.role_id in by_pk:
            profile.account, profile.role = call.account, by_pk[profile.role_id]
            profiles[profile.role_id].append(profile)
    return profiles


def _details(call: Call, account: Account, roles: Sequence[Role]) -> _Details:
    sandbox = call.caller.sandbox
    mine = Q(user__account=account) | Q(group__account=account) | Q(role__account=account)
    inline: dict[Key, list[Result]] = defaultdict(list)
    for policy in InlinePolicy.in_sandbox(sandbox).filter(mine).select_related("document"):
        document = {"PolicyName": policy.name, "PolicyDocument": policy.document.text}
        inline[_owner_key(policy)].append(document)
    attached: dict[Key, list[Result]] = defaultdict(list)
    for attachment in Attachment.in_sandbox(sandbox).filter(mine):
        attached[_owner_key(attachment)].append(attached_policy(attachment.policy_arn))
    groups: dict[int, list[str]] = defaultdict(list)
    memberships = GroupMembership.in_sandbox(sandbox).filter(group__account=account)
    for user_pk, name in memberships.values_list("user_id", "group__name"):
        groups[user_pk].append(name)
    versions: dict[int, list[PolicyVersion]] = defaultdict(list)
    own = PolicyVersion.in_sandbox(sandbox).filter(policy__account=account)
    for version in own.select_related("document"):
        versions[version.policy_id].append(version)
    texts = shown_each(sandbox, [(role.trust.text, role.trust_bound) for role in roles])
    trusts = dict(zip((role.pk for role in roles), texts, strict=True))
    profiles = _profiles_of(call, roles)
    usage = usage_of_policies(account)
    return _Details(usage, inline, attached, groups, versions, trusts, profiles)


def _policies(call: Call, account: Account, wanted: Sequence[str]) -> Iterator[AnyPolicy]:
    """Return the customer's policies, and AWS's policies that the account uses."""
    if "LocalManagedPolicy" in wanted:
        own = PolicyVersion.in_sandbox(call.caller.sandbox).filter(
            policy__account=account, is_default=True
        )
        yield from own.select_related("policy__account").order_by("policy__name")
    if "AWSManagedPolicy" in wanted:
        usage = usage_of_policies(account)
        found = find_each_managed(account, {*usage.attached, *usage.boundary})
        yield from (one for _, one in sorted(found.items()) if isinstance(one, ManagedPolicy))


@reads("iam:GetAccountAuthorizationDetails", on=whole_account, prepare=paged)
def get_account_authorization_details(call: Call, params: Params, account: Account) -> Result:
    """Return identities, groups and policies with all their documents."""
    kinds = [*(kind.word for kind in KINDS), "LocalManagedPolicy", "AWSManagedPolicy"]
    wanted = params.get("Filter") or kinds
    rows: list[Any] = []
    for kind in KINDS:
        if kind.word in wanted:
            rows += in_account(kind.model, call.caller.sandbox, account.account_id)
    rows += _policies(call, account, wanted)
    page = page_of(params, "Rows", rows, lambda row: row)
    taken = page.pop("Rows")
    details = _details(call, account, [row for row in taken if isinstance(row, Role)])
    for kind in KINDS:
        owners = (row for row in taken if isinstance(row, kind.model))
        page[f"{kind.word}DetailList"] = [details.of_owner(owner) for owner in owners]
    policies = (row for row in taken if isinstance(row, PolicyVersion | ManagedPolicy))
    page["Policies"] = [details.of_policy(policy) for policy in policies]
    return page


@lists("iam:GetAccountAuthorizationDetails")
def account_listing(_call: Call, _params: Params, _: None) -> Listing:
    """List nothing: whoever is let in here reads the rows by themselves (`iam.analysis`)."""
    return Listing()
