"""Last-accessed details: the services that an identity may use, and when it last tried to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import Max

from iam import catalogue
from iam.actions.accessed_entities import (
    Accessed,
    accessed,
    accessed_entity,
    find_accessed,
    services_in,
)
from iam.actions.bulk_reads import page_of, paged
from iam.actions.refusals import no_such_entity
from iam.actions.subjects import whole_account
from iam.authorization import AppliedPolicy
from iam.models import AccessJob, Account, Event, Role, User
from iam.perform import Call, Params, Result, reads

_JOBS_KEPT = 100
_DOMAIN = ".amazonaws.com"
_BY_GROUP = "group "


@dataclass(frozen=True)
class _Use:
    """The last use of a service by an identity."""

    who: User | Role
    operation: str
    time: datetime


def _uses(call: Call, identities: Sequence[User | Role]) -> Mapping[str, list[_Use]]:
    """Return the last use of each service by identities, from the account's events."""
    by_id = {one.unique_id: one for one in identities}
    events = Event.in_sandbox(call.caller.sandbox).filter(account_id=call.caller.account_id)
    rows = events.order_by().values_list("source", "name", "principal_id").annotate(Max("time"))
    found: dict[str, list[_Use]] = defaultdict(list)
    for source, name, principal, time in rows:
        who = by_id.get(principal.partition(":")[0])
        if who is not None:
            found[source.removesuffix(_DOMAIN)].append(_Use(who, name, time))
    return found


def _latest(uses: Sequence[_Use]) -> _Use:
    return max(uses, key=lambda use: use.time)


def _actions(uses: Sequence[_Use]) -> list[Result]:
    by_name: dict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        by_name[use.operation].append(use)
    return [
        {
            "ActionName": name,
            "LastAccessedEntity": _latest(found).who.arn,
            "LastAccessedTime": _latest(found).time,
        }
        for name, found in sorted(by_name.items())
    ]


def _shaped(service: catalogue.Service, uses: Sequence[_Use], *, actions: bool) -> Result:
    shaped: Result = {
        "ServiceName": service.title,
        "ServiceNamespace": service.prefix,
        "TotalAuthenticatedEntities": len({use.who.arn for use in uses}),
    }
    if uses:
        last = _latest(uses)
        shaped |= {"LastAuthenticated": last.time, "LastAuthenticatedEntity": last.who.arn}
    if uses and actions:
        shaped["TrackedActionsLastAccessed"] = _actions(uses)
    return shaped


def known_job(call: Call, params: Params, account: Account) -> Any:
    """Find the job that a request names."""
    try:
        job_id = UUID(params["JobId"])
    except ValueError:
        job_id = UUID(int=0)
    jobs = AccessJob.in_sandbox(call.caller.sandbox).filter(account=call.account)
    job = jobs.filter(job_id=job_id).first()
    if job is None:
        raise no_such_entity(f"The job with ID {params['JobId']} cannot be found.", "JobId")
    return paged(call, params, job)


def _done(job: AccessJob) -> Result:
    completed = {"JobCreationDate": job.created_at, "JobCompletionDate": job.created_at}
    return {"JobStatus": "COMPLETED", **completed}


@reads("iam:GenerateServiceLastAccessedDetails", on=accessed)
def generate_service_last_accessed_details(call: Call, params: Params, found: Accessed) -> Result:
    """Store a job; its details are computed when they are read.

    A read, as AWS's access level says: nobody else sees the job.
    """
    jobs = AccessJob.in_sandbox(call.caller.sandbox).filter(account=call.account)
    for oldest in jobs.order_by("-id").values_list("pk", flat=True)[_JOBS_KEPT : _JOBS_KEPT + 1]:
        jobs.filter(pk__lte=oldest).delete()
    given = {"arn": found.arn, "action_level": params.get("Granularity") == "ACTION_LEVEL"}
    now, job_id = call.caller.now, uuid4()
    try:
        AccessJob.add(
            call.caller.sandbox, account=call.account, job_id=job_id, created_at=now, **given
        )
    except IntegrityError as gone:  # the sandbox was restarted meanwhile
        raise no_such_entity(f"The entity {found.arn} cannot be found.") from gone
    return {"JobId": str(job_id)}


@reads("iam:GetServiceLastAccessedDetails", on=whole_account, prepare=known_job)
def get_service_last_accessed_details(call: Call, params: Params, job: AccessJob) -> Result:
    """Return for each allowed service when it was last tried, denials included."""
    found = find_accessed(call, job.arn)
    allowed = services_in(one.text for one in found.policies(call)) if found else set()
    uses = _uses(call, found.identities(call)) if found else {}
    services = [one for one in catalogue.services() if one.prefix in allowed]
    page = page_of(
        params,
        "ServicesLastAccessed",
        sorted(services, key=lambda one: one.title),
        lambda one: _shaped(one, uses.get(one.prefix, ()), actions=job.action_level),
    )
    kind = "ACTION_LEVEL" if job.action_level else "SERVICE_LEVEL"
    return {**_done(job), "JobType": kind, **page}


@reads("iam:GetServiceLastAccessedDetailsWithEntities", on=whole_account, prepare=known_job)
def get_service_last_accessed_details_with_entities(
    call: Call, params: Params, job: AccessJob
) -> Result:
    """Return the users and roles that may use a service, and their last use."""
    found = find_accessed(call, job.arn)
    identities = found.identities(call) if found else []
    uses = _uses(call, identities).get(params["ServiceNamespace"], [])
    times: dict[str, datetime] = {}
    for use in uses:
        times[use.who.arn] = max(use.time, times.get(use.who.arn, use.time))

    def shaped(who: User | Role) -> Result:
        info = {"Arn": who.arn, "Name": who.name, "Type": who.arn_type.upper()}
        info |= {"Id": who.unique_id, "Path": who.path}
        used = {"LastAuthenticated": times[who.arn]} if who.arn in times else {}
        return {"EntityInfo": info, **used}

    ordered = sorted(identities, key=lambda who: who.arn)
    return {**_done(job), **page_of(params, "EntityDetailsList", ordered, shaped)}


@reads("iam:ListPoliciesGrantingServiceAccess", on=accessed_entity, prepare=paged)
def list_policies_granting_service_access(call: Call, params: Params, found: Accessed) -> Result:
    """List the policies that allow an identity to use services; boundaries allow nothing."""
    policies = [(one, services_in([one.text])) for one in found.policies(call)]

    def granting(namespace: str) -> Result:
        granted = [_granting(found, one) for one, services in policies if namespace in services]
        return {"ServiceNamespace": namespace, "Policies": granted}

    return page_of(params, "PoliciesGrantingServiceAccess", params["ServiceNamespaces"], granting)


def _granting(found: Accessed, policy: AppliedPolicy) -> Result:
    if policy.arn:
        return {"PolicyName": policy.name, "PolicyType": "MANAGED", "PolicyArn": policy.arn}
    owner: Result = {}
    if policy.attached.startswith(_BY_GROUP):
        name = policy.attached.removeprefix(_BY_GROUP)
        owner = {"EntityType": "GROUP", "EntityName": name}
    elif found.entity is not None:
        kind = found.entity.arn_type.upper()
        owner = {"EntityType": kind, "EntityName": found.entity.name}
    return {"PolicyName": policy.name, "PolicyType": "INLINE", **owner}
