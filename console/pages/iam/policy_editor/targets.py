"""The policy that is edited: inline in a user, group or role, or customer managed."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import call
from console.pages.iam.entity_pages import EntityPages
from console.pages.places import policy_url
from iam import quotas
from iam.analysis import World, with_inline_policy, with_managed_policy
from iam.arns import name_in
from iam.policy_documents import PolicyType
from iam.wire.errors import AwsError


@dataclass(frozen=True)
class TypedPolicy:
    """The values of the review step."""

    name: str
    document: str
    description: str = ""
    set_default: bool = True
    replace_version: str = ""


@dataclass(frozen=True)
class SavedPolicy:
    """The flash bar's sentence, and the page that follows."""

    flash: str
    url: str
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class InlinePolicyTarget:
    """An inline policy of `owner`; without a name it is a new one."""

    kind: EntityPages
    owner: str
    name: str = ""
    is_managed: bool = field(default=False, init=False)
    policy_type: PolicyType = field(default=PolicyType.INLINE, init=False)

    @property
    def is_new(self) -> bool:
        return not self.name

    @property
    def limit(self) -> int:
        return self.kind.inline_limit

    @property
    def cancel_url(self) -> str:
        return self.kind.url(self.owner)

    @property
    def place(self) -> str:
        return self.kind.plural

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Return the breadcrumbs of the page."""
        last = "Create policy" if self.is_new else f"Edit {self.name}"
        return self.kind.trail(self.owner, last)

    def load(self, request: HttpRequest) -> str:
        """Return the document as saved."""
        params = {self.kind.parameter: self.owner, "PolicyName": self.name}
        result = call(request, f"iam:Get{self.kind.word}Policy", **params).or_raise()
        return str(result.output["PolicyDocument"])

    def save(self, request: HttpRequest, typed: TypedPolicy) -> SavedPolicy:
        """Put the policy; a new policy does not replace an existing one of its name."""
        if self.is_new:
            self._refuse_taken(request, typed.name)
        params = {
            self.kind.parameter: self.owner,
            "PolicyName": self.name or typed.name,
            "PolicyDocument": typed.document,
        }
        call(request, f"iam:Put{self.kind.word}Policy", **params).or_raise()
        flash = f"Policy {typed.name} created." if self.is_new else f"Policy {self.name} updated."
        return SavedPolicy(flash, self.cancel_url)

    def suppose(self, world: World, account_id: str, typed: TypedPolicy) -> World:
        """Return the world with this policy put."""
        name = self.name or typed.name or "new policy"
        owner = (self.kind.word.lower(), self.owner)
        return with_inline_policy(world, account_id, owner, name, typed.document)

    def _refuse_taken(self, request: HttpRequest, name: str) -> None:
        operation = f"iam:List{self.kind.word}Policies"
        listed = call(request, operation, **{self.kind.parameter: self.owner})
        if name.lower() in (taken.lower() for taken in listed.rows("PolicyNames")):
            raise AwsError(
                "EntityAlreadyExists",
                f"{self.owner} has an inline policy named {name} already. "
                "Choose another name, or edit that policy.",
                409,
                members=("PolicyName",),
            )


@dataclass(frozen=True)
class ManagedPolicyTarget:
    """A customer managed policy; without an ARN it is a new one."""

    arn: str = ""
    limit: int = field(default=quotas.MANAGED_POLICY_SIZE, init=False)
    is_managed: bool = field(default=True, init=False)
    policy_type: PolicyType = field(default=PolicyType.IDENTITY, init=False)

    @property
    def is_new(self) -> bool:
        return not self.arn

    @property
    def name(self) -> str:
        return name_in(self.arn)

    @property
    def cancel_url(self) -> str:
        return policy_url(self.arn) if self.arn else reverse("policies")

    @property
    def place(self) -> str:
        return "policies"

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Return the breadcrumbs of the page."""
        policies = ("Policies", reverse("policies"))
        if self.is_new:
            return [policies, ("Create policy", "")]
        return [policies, (self.name, self.cancel_url), ("Edit policy", "")]

    def load(self, request: HttpRequest) -> str:
        return default_document(request, self.arn)

    def save(self, request: HttpRequest, typed: TypedPolicy) -> SavedPolicy:
        """Create the policy or its next version."""
        if self.is_new:
            return self._create(request, typed)
        if typed.replace_version:
            gone = {"PolicyArn": self.arn, "VersionId": typed.replace_version}
            call(request, "iam:DeletePolicyVersion", **gone).or_raise()
        params = {
            "PolicyArn": self.arn,
            "PolicyDocument": typed.document,
            "SetAsDefault": typed.set_default,
        }
        call(request, "iam:CreatePolicyVersion", **params).or_raise()
        return SavedPolicy(f"Policy {self.name} updated.", self.cancel_url)

    def suppose(self, world: World, account_id: str, typed: TypedPolicy) -> World:
        """Return the world with this policy's next version; a new one is attached to nobody."""
        if self.is_new or not typed.set_default:
            return world
        return with_managed_policy(world, self.arn, typed.document)

    def _create(self, request: HttpRequest, typed: TypedPolicy) -> SavedPolicy:
        params: dict[str, Any] = {"PolicyName": typed.name, "PolicyDocument": typed.document}
        if typed.description:
            params["Description"] = typed.description
        created = call(request, "iam:CreatePolicy", **params).or_raise()
        link = ("View policy", policy_url(created.output["Policy"]["Arn"]))
        return SavedPolicy(f"Policy {typed.name} created.", reverse("policies"), link)

    def oldest_version(self, request: HttpRequest) -> str:
        """Return the oldest version that is not in effect, if there is no room for another."""
        listed = call(request, "iam:ListPolicyVersions", PolicyArn=self.arn).rows("Versions")
        spare = [v["VersionId"] for v in listed if not v["IsDefaultVersion"]]
        is_full = len(listed) >= quotas.VERSIONS_PER_POLICY
        return min(spare, key=lambda version: int(version[1:])) if is_full else ""


Target = InlinePolicyTarget | ManagedPolicyTarget


def default_document(request: HttpRequest, arn: str) -> str:
    """Return the document of the version in effect; raises AwsError."""
    policy = call(request, "iam:GetPolicy", PolicyArn=arn).or_raise().output["Policy"]
    params = {"PolicyArn": arn, "VersionId": policy["DefaultVersionId"]}
    result = call(request, "iam:GetPolicyVersion", **params).or_raise()
    return str(result.output["PolicyVersion"]["Document"])
