"""How, from where and when a call is made that an analysis asks about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from iam.authorization import ContextValue
from iam.callers import Caller, CallerKind, Origin

PLAIN_ADDRESS = "203.0.113.7"
_WITH_KEYS = {CallerKind.USER, CallerKind.ROOT}


@dataclass(frozen=True)
class Circumstances:
    """The assumptions of an analysis about a call; the rest is as in the world's origin.

    Unless more is given, a user or the root user calls with a long-term access key: its requests
    have no key of MFA at all. `signed_in` is a console sign-in: without `mfa` its requests have
    aws:MultiFactorAuthPresent as "false". `mfa` alone is what GetSessionToken gives for a code.
    `mfa_age` is how many seconds ago the second factor was given; it implies `mfa`. `at` is by
    the sandbox's clock. `context` are further condition keys: they win over those that follow
    from the call.
    """

    signed_in: bool = False
    mfa: bool = False
    mfa_age: int | None = None
    at: datetime | None = None
    source_ip: str = ""
    region: str = ""
    secure: bool | None = None
    context: Mapping[str, ContextValue] = field(default_factory=dict, hash=False)

    def apply(self, caller: Caller) -> Caller:
        """Return a caller as it is under these circumstances."""
        origin = self._origin(caller)
        at, mfa_at = caller.sandbox.time_at(origin.received_at), caller.mfa_at
        with_mfa = self.mfa or self.mfa_age is not None
        if with_mfa:
            mfa_at = at - timedelta(seconds=self.mfa_age or 0)
        by_key = caller.kind in _WITH_KEYS and not caller.is_temporary
        if not by_key or not (self.signed_in or with_mfa):
            return replace(caller, origin=origin, mfa_at=mfa_at)
        return replace(
            caller,
            origin=origin,
            mfa_at=mfa_at,
            issued_at=mfa_at or at,
            console_sign_in=self.signed_in,
        )

    def _origin(self, caller: Caller) -> Origin:
        known = caller.origin
        return replace(
            known,
            received_at=self.at - caller.sandbox.clock_offset if self.at else known.received_at,
            source_ip=self.source_ip or known.source_ip,
            region=self.region or known.region,
            secure=known.secure if self.secure is None else self.secure,
            via_console=self.signed_in or known.via_console,
            supposed={**known.supposed, **self.context},
        )


PLAIN = Circumstances()


def plain_origin(received_at: datetime) -> Origin:
    """Return where a lab's questions come from: 203.0.113.7, the home Region, by TLS.

    In a world with this origin, `PLAIN` is the default of a lab's checks.
    """
    return Origin(received_at, source_ip=PLAIN_ADDRESS, secure=True)
