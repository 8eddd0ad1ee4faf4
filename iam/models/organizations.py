"""The organization that a sandbox's accounts may be: its units and its control policies."""

from django.db import models

from iam.arns import control_policy_arn
from iam.models.accounts import Account
from iam.models.base import Sandbox, Simulated
from iam.models.documents import Document
from iam.models.seals import derived_secret

ROOT = "root"


def _letters(purpose: str, *parts: str, length: int) -> str:
    return derived_secret(purpose, *parts, length=length).lower()


def organization_id_in(sandbox_pk: int) -> str:
    """Return the ID of the organization in a sandbox: o-…"""
    return f"o-{_letters('organization', str(sandbox_pk), length=10)}"


def found_organization(account: Account) -> None:
    """Make an account the management account of an organization of all the sandbox's accounts."""
    account.management = True
    account.save(update_fields=["management"])
    sandbox: Sandbox = account.sandbox
    sandbox.organization_id = organization_id_in(sandbox.pk)
    sandbox.save(update_fields=["organization_id"])


def root_id(organization_id: str) -> str:
    """Return the ID of an organization's root: r-…"""
    return f"r-{_letters('organization-root', organization_id, length=4)}"


def unit_id(organization_id: str, unit: str) -> str:
    """Return the ID of an organizational unit by its names from the root: ou-…"""
    root = root_id(organization_id).removeprefix("r-")
    return f"ou-{root}-{_letters('organizational-unit', organization_id, unit, length=8)}"


def units_above(unit: str) -> tuple[str, ...]:
    """Return a unit and those above it, topmost first: `Workloads`, `Workloads/Prod`."""
    names = unit.split("/") if unit else []
    return tuple("/".join(names[: depth + 1]) for depth in range(len(names)))


def unit_target(unit: str) -> str:
    return f"ou:{unit}"


class ControlPolicy(Simulated):
    """A service or resource control policy, and where in the organization it is attached."""

    class Type(models.TextChoices):
        """AWS's names of the types."""

        SCP = "SERVICE_CONTROL_POLICY", "Service control policy"
        RCP = "RESOURCE_CONTROL_POLICY", "Resource control policy"

    type = models.CharField(max_length=32, choices=Type.choices)
    name = models.CharField(max_length=128)
    document = models.ForeignKey(Document, on_delete=models.RESTRICT, related_name="+")
    targets = models.JSONField(
        default=list, help_text="`root`, `ou:` and a unit's names, or an account ID."
    )
    replaces_full_access = models.BooleanField(
        default=False, help_text="FullAWSAccess is detached from its targets."
    )

    class Meta:
        ordering = ["type", "name"]
        verbose_name_plural = "control policies"
        constraints = [
            models.UniqueConstraint("sandbox", "type", "name", name="control_policy_once")
        ]

    def __str__(self) -> str:
        return self.name

    def arn(self, organization_id: str, management_id: str) -> str:
        """Return its ARN, which is of the management account."""
        letters = _letters("control-policy", organization_id, self.type, self.name, length=8)
        kind = self.type.lower()
        return control_policy_arn(management_id, f"{organization_id}/{kind}/p-{letters}")
