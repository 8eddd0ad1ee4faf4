"""Values that stand for a student's, to show a lab's texts before anybody has begun it."""

from console.labs.files import LabFile, fresh_values
from console.labs.scenarios.account_ids import ISSUER, ORGANIZATION


def sample_values(lab: LabFile) -> dict[str, str]:
    """Return a value for each name that a lab's texts may use; accounts have IDs of one digit."""
    accounts = {
        name: str(account.get("id") or str(number % 10) * 12)
        for number, (name, account) in enumerate(lab.world["accounts"].items(), start=1)
    }
    known = {ISSUER: "idp.example.com", ORGANIZATION: "o-example12345"}
    return {**known, **accounts, **fresh_values(lab.variables, "preview")}
