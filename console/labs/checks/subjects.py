"""Who a check is about, in one grammar: `you/dev`, a chain of roles, a service, a person…"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from console.labs.checks.case import Binding, Case
from console.labs.checks.circumstances import circumstances_of, in_words
from console.labs.checks.links import Link, links_of, request_of, sent_in_words
from console.labs.checks.people import Claimant, enter_as, person_of
from console.labs.checks.saved_sessions import saved_principal
from iam.analysis import PLAIN, Circumstances, WorldPrincipal
from iam.authorization import Authorization
from iam.wire.errors import AwsError
from sts.analysis import (
    HypotheticalSession,
    SessionRequest,
    suppose_federated_user,
    suppose_role_session,
    suppose_session_token,
)

Asks = Mapping[str, Any]


@dataclass(frozen=True)
class Subject:
    """A principal as a check means it; `entry` are the decisions that its way in took.

    `missing` says why there is nobody to ask: no such user, or a role that cannot be assumed; then
    `refused` is that role. A `person` of an identity provider is nobody in AWS until a role is
    assumed.
    """

    called: str
    principal: WorldPrincipal | None = None
    circumstances: Circumstances = PLAIN
    entry: tuple[Authorization, ...] = ()
    missing: str = ""
    person: Claimant | None = None
    refused: WorldPrincipal | None = None

    def assume(
        self, case: Case, role_arn: str, request: SessionRequest, now: Circumstances
    ) -> HypotheticalSession | None:
        """Return the session of a role that it would get; None where there is nobody to ask."""
        if self.person is not None:
            return enter_as(case, self.person, role_arn, request, now)
        if self.principal is None:
            return None
        return suppose_role_session(case.world, self.principal, role_arn, request, now)


def _named(case: Case, reference: str) -> Subject:
    principal = case.principal(reference)
    if principal is None:
        return Subject(reference, missing=f"There is no {reference}.")
    return Subject(called_in(case, principal), principal)


def called_in(case: Case, principal: WorldPrincipal) -> str:
    """Return what a person calls a principal; in several accounts also where it is."""
    names = [name for name, one in case.values.items() if one == principal.account_id]
    if len(case.world.accounts) == 1 or not names:
        return principal.called
    return f"{principal.called} of {account_called(names[0])}"


def account_called(name: str) -> str:
    """Return what a student calls an account by the name that the lab's file gives it."""
    return "your account" if name == "you" else f"account {name}"


def _user(case: Case, asks: Asks) -> Subject:
    found = _named(case, asks["user"])
    now, called = circumstances_of(case, asks), f"{found.called}{in_words(asks)}"
    return replace(found, circumstances=now, called=called)


def _root(case: Case, asks: Asks) -> Subject:
    account_id = case.account_id(asks["root"])
    roots = (one for one in case.world.everyone if one.kind == "root")
    root = next((one for one in roots if one.account_id == account_id), None)
    if root is None:
        return Subject("root user", missing=f"There is no account {asks['root']}.")
    return Subject(called_in(case, root), root, circumstances_of(case, asks))


def _service(case: Case, asks: Asks) -> Subject:
    account_id = case.account_id(asks.get("source_account", ""))
    service = case.world.service(asks["service"], account_id, asks.get("source_arn", ""))
    whom = account_called(asks["source_account"]) if account_id else "no account"
    return Subject(f"{asks['service']} on behalf of {whom}", service)


def _entered(subject: Subject, name: str, session: HypotheticalSession) -> Subject:
    """Return the subject with the credentials that STS gives it, or why it gives none."""
    entry = (*subject.entry, *session.rehearsal.authorizations)
    called = f"{subject.called} as {name}"
    if session.principal is None:
        denied = any(not one.allowed for one in entry)  # then the decision says why
        reason = "" if denied else f": {session.error}"
        missing = f"{subject.called} gets no session of {name}{reason}"
        return Subject(called, entry=entry, missing=missing)
    # The second factor counts for the call that asks for the session, not for the session's own.
    now = replace(subject.circumstances, mfa=False, mfa_age=None, signed_in=False)
    return Subject(called, session.principal, now, entry)


def _along(case: Case, subject: Subject, links: list[Link]) -> Subject:
    for link in links:
        if link.role.startswith("{"):  # the student has yet to make it
            subject = Subject(f"{subject.called} as {link.role}", missing="There is no role.")
            continue
        arn = case.arn(link.role, "role")
        session = subject.assume(case, arn, link.request, subject.circumstances)
        name = arn.rpartition("/")[2] or link.role
        if session is None:  # the question names the whole way all the same
            subject = replace(subject, called=f"{subject.called} as {name}")
            continue
        subject = _entered(subject, name, session)
        if subject.principal is None and link is links[-1]:
            return replace(subject, refused=case.world.someone(arn))
    return subject


def _chain(case: Case, asks: Asks, on_the_way: Asks = MappingProxyType({})) -> Subject:
    """Let the first of a chain assume each role after it; the last is who is asked about.

    `on_the_way` are further circumstances of its calls, which the question names.
    """
    first, *roles = asks["chain"]
    subject = _subject(case, first)
    now = circumstances_of(case, {**on_the_way, **asks}, subject.circumstances)
    found = _along(case, replace(subject, circumstances=now), links_of(asks, roles))
    return replace(found, called=f"{found.called}{sent_in_words(asks)}{in_words(asks)}")


def _person(case: Case, asks: Asks) -> Subject:
    """Return a person of the identity provider or, with `role`, the session of that role."""
    person = person_of(asks)
    subject = Subject(person.name, None, circumstances_of(case, asks), person=person)
    found = _along(case, subject, links_of(asks, [asks["role"]] if "role" in asks else []))
    by = f", by the provider {asks['provider']}," if "provider" in asks else ""
    said = "".join(f", whose {key} is {value}," for key, value in person.claims.items())
    whom = f" with a token for {asks['audience']}" if "audience" in asks else ""
    return replace(found, called=f"{found.called}{by}{sent_in_words(asks)}{said}{whom}")


def _session_token(case: Case, asks: Asks) -> Subject:
    """Return a user with the credentials that GetSessionToken gives, with `mfa` by a code."""
    subject = _named(case, asks["session_token"])
    if subject.principal is None:
        return subject
    request = SessionRequest(duration=asks.get("duration"), mfa=asks.get("mfa", False))
    session = suppose_session_token(case.world, subject.principal, request)
    held = _entered(subject, "itself", session)
    called = f"{subject.called} with a session token{in_words(asks)}"
    return replace(held, called=called)


def _federated(case: Case, asks: Asks) -> Subject:
    """Return the federated user that a user makes by GetFederationToken."""
    subject = _named(case, asks["by"])
    if subject.principal is None:
        return subject
    name = asks["federated"]
    session = suppose_federated_user(case.world, subject.principal, name, request_of(asks))
    called = f"the federated user {name}{sent_in_words(asks)}"
    return replace(_entered(subject, name, session), called=called)


def _saved(case: Case, asks: Asks) -> Subject:
    name = asks["credentials"]
    try:
        principal = saved_principal(case, name, ends=asks.get("ends", False))
    except (AwsError, LookupError) as error:
        return Subject(f"the session {name}", missing=f"The credentials {name} are dead: {error}")
    return Subject(f"the session {name}", principal)


_FORMS: dict[str, Callable[[Case, Asks], Subject]] = {
    "chain": _chain,
    "credentials": _saved,
    "federated": _federated,
    "person": _person,
    "root": _root,
    "service": _service,
    "session_token": _session_token,
    "user": _user,
}


def _subject(case: Case, asks: Any) -> Subject:
    if isinstance(asks, str):
        return _named(case, asks)
    form = next(make for name, make in _FORMS.items() if name in asks)
    return form(case, asks)


def subject_of(case: Case, asks: Asks, binding: Binding) -> Subject:
    """Return who a check's `as` means in the student's world, under the check's circumstances.

    Those of a chain are also those of its way in; `at` is only that of the question itself.
    """
    who = case.fill(asks["as"], binding)
    on_the_way = {name: value for name, value in asks.items() if name in _ON_THE_WAY}
    of_a_chain = isinstance(who, Mapping) and "chain" in who
    subject = _chain(case, who, on_the_way) if of_a_chain else _subject(case, who)
    own = partial(circumstances_of, case, known=subject.circumstances)
    if subject.entry:
        asks = {name: value for name, value in asks.items() if name not in _OF_A_FACTOR}
    return replace(subject, circumstances=own(asks))


_OF_A_FACTOR = {"mfa", "mfa_age", "signed_in"}
_ON_THE_WAY = _OF_A_FACTOR | {"source_ip", "region", "secure"}
