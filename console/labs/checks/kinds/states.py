"""`state`: what no decision shows, such as a key's status. The last resort of an author."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.results import CheckResult, Status
from console.labs.files import Check
from console.services.s3.analysis import bucket_arns
from iam.arns import bucket_arn, policy_arn
from iam.models import AccessKey, LoginProfile, MfaDevice

Asks = Mapping[str, Any]
_ENTITIES = ("user", "role", "group")


def _arn(case: Case, kind: str, reference: str) -> str:
    if reference.startswith("arn:"):
        return reference
    if kind == "bucket":
        return bucket_arn(reference)
    if kind == "policy":
        account, _, name = reference.partition("/")
        return policy_arn(case.account_id(account), name)
    return case.arn(reference, kind)


def _row(case: Case, kind: str, reference: str) -> Any:
    """Return the row of an entity or a policy, or a bucket's ARN; None where there is none."""
    arn = _arn(case, kind, reference)
    if kind == "bucket":
        return next((one for one in bucket_arns(case.sandbox) if one == arn), None)
    if kind == "policy":
        policies = {version.policy.arn: version.policy for version in case.world.versions}
        return policies.get(arn)
    world = case.world
    known: dict[str, list[Any]] = {
        "user": world.users,
        "role": world.all_roles,
        "group": world.groups,
    }
    rows = known[kind]
    same = (one for one in rows if one.arn == arn or _is_called(case, one, reference))
    return next(same, None)


def _is_called(case: Case, row: Any, reference: str) -> bool:
    account, _, name = reference.partition("/")
    return bool(row.account.account_id == case.account_id(account) and row.name == name)


def _keys(case: Case, row: Any, *, active: bool) -> int:
    return AccessKey.in_sandbox(case.sandbox).filter(user=row, active=active).count()


def _devices(case: Case, row: Any, **of: bool) -> int:
    assigned = MfaDevice.in_sandbox(case.sandbox).filter(user=row, enabled_at__isnull=False, **of)
    return assigned.count()


def _attached(case: Case, row: Any) -> list[str]:
    """Return the ARNs of the managed policies that an entity has, through its groups too."""
    return [one.arn for one in case.world.policies_of(row).identity if one.arn]


def _default_version(case: Case, row: Any) -> str:
    versions = [one for one in case.world.versions if one.policy_id == row.pk]
    return next((one.version_id for one in versions if one.is_default), "")


_FACTS: dict[str, Callable[[Case, Any], Any]] = {
    "exists": lambda _, row: row is not None,
    "active_keys": lambda case, row: _keys(case, row, active=True),
    "new_keys": lambda case, row: (
        AccessKey.in_sandbox(case.sandbox).filter(user=row, active=True, from_start=False).count()
    ),
    "new_mfa_devices": lambda case, row: _devices(case, row, from_start=False),
    "inactive_keys": lambda case, row: _keys(case, row, active=False),
    "password": lambda case, row: LoginProfile.in_sandbox(case.sandbox).filter(user=row).exists(),
    "mfa": lambda case, row: _devices(case, row) > 0,
    "mfa_devices": _devices,
    "max_session": lambda _, row: row.max_session_duration,
    "boundary": lambda _, row: row.boundary_arn,
    "default_version": _default_version,
    "versions": lambda case, row: sum(one.policy_id == row.pk for one in case.world.versions),
    "tags": lambda _, row: row.tags,
}
_WORDS = {
    "exists": "exist",
    "active_keys": "have so many active access keys",
    "inactive_keys": "have so many inactive access keys",
    "new_keys": "have so many active access keys that were not there at the start",
    "new_mfa_devices": "have so many MFA devices that were not there at the start",
    "password": "have a console password",
    "mfa": "have an MFA device",
    "mfa_devices": "have so many MFA devices",
    "max_session": "have this longest session",
    "boundary": "have this permissions boundary",
    "default_version": "have this default version",
    "versions": "have so many versions",
    "tags": "have these tags",
    "attached": "have this policy attached",
    "not_attached": "have this policy not attached",
    "active": "be active",
}


def _holds(found: Any, wanted: Any) -> bool:
    """Compare a fact: with a value, with `{least, most}`, or with some tags."""
    if isinstance(wanted, Mapping) and isinstance(found, int):
        return bool(wanted.get("least", found) <= found <= wanted.get("most", found))
    if isinstance(wanted, Mapping):
        return all(found.get(key) == value for key, value in wanted.items())
    return bool(found == wanted)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return str(value) or "none"


def _compared(case: Case, row: Any, name: str, wanted: Any) -> Iterator[tuple[str, str, str, bool]]:
    """Return a fact as words, what is wanted, what was found, and whether they agree."""
    if name in {"attached", "not_attached"}:
        arns = [wanted] if isinstance(wanted, str) else wanted
        for one in arns:
            arn = _arn(case, "policy", one)
            there = arn in _attached(case, row)
            right = there is (name == "attached")
            yield _WORDS[name], one, "attached" if there else "not attached", right
        return
    if name == "boundary":
        wanted = _arn(case, "policy", wanted) if wanted and wanted != "none" else ""
    found = _FACTS[name](case, row)
    yield _WORDS[name], _in_words(wanted), _in_words(found), _holds(found, wanted)


def _of_a_key(case: Case, asks: Asks) -> Iterator[tuple[str, str, str, bool]]:
    key_id = case.saved.get(asks["key"], {}).get("AccessKey", {}).get("AccessKeyId", asks["key"])
    key = AccessKey.in_sandbox(case.sandbox).filter(access_key_id=key_id).first()
    active = key is not None and key.active
    if "exists" in asks:
        there = key is not None
        yield "exist", _in_words(asks["exists"]), _in_words(there), there is asks["exists"]
    if "active" in asks:
        wanted = asks["active"]
        yield "be active", _in_words(wanted), _in_words(active), active is wanted


def _facts(case: Case, asks: Asks) -> Iterator[tuple[str, str, str, bool]]:
    if "key" in asks:
        yield from _of_a_key(case, asks)
        return
    kind = next(one for one in (*_ENTITIES, "policy", "bucket") if one in asks)
    row = _row(case, kind, asks[kind])
    for name, wanted in asks.items():
        if name == kind:
            continue
        if row is None and name != "exists":
            yield _WORDS[name], _in_words(wanted), "it does not exist", False
        else:
            yield from _compared(case, row, name, wanted)


def judge_state(case: Case, check: Check, binding: Binding) -> CheckResult:
    """Compare facts of one thing: `{user: you/dev, active_keys: 0}`; a wrong one is shown."""
    asks = case.fill(check.asks, binding)
    kind = next(one for one in (*_ENTITIES, "policy", "bucket", "key") if one in asks)
    name = f"{kind} {str(asks[kind]).rpartition('/')[2]}"
    facts = list(_facts(case, asks))
    words, wanted, found, right = next((one for one in facts if not one[3]), facts[0])
    status = Status.PASSED if right else Status.FAILED
    return CheckResult(check.name, status, f"Does {name} {words}?", wanted, found)
