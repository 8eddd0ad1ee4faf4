"""What must hold of hypothetical sessions and the real ones."""

from dataclasses import fields
from typing import Any

from iam.authorization import gather_policies
from iam.callers import Caller, Visit
from iam.perform import perform
from iam.wire.errors import AwsError
from sts.analysis import HypotheticalSession
from sts.credentials import caller_of, open_token

_NOT_COMPARED = {"access_key_id", "visit"}


def fields_of(caller: Caller, *left_out: str) -> dict[str, Any]:
    names = {one.name for one in fields(Caller)} - _NOT_COMPARED - set(left_out)
    return {name: getattr(caller, name) for name in sorted(names)}


def really(caller: Caller, operation: str, params: dict[str, Any]) -> Caller | AwsError:
    """Return whom the credentials make that a caller really gets, or the refusal."""
    try:
        token = perform(caller, operation, params)["Credentials"]["SessionToken"]
    except AwsError as error:
        return error
    return caller_of(open_token(token), caller.origin, Visit())


def hold_equal(supposed: HypotheticalSession, real: Caller | AwsError) -> None:
    """Fail unless a hypothetical session is whom real credentials make, or is refused alike."""
    if isinstance(real, AwsError):
        assert supposed.principal is None
        assert supposed.error
        assert str(supposed.error) == str(real)
        return
    assert supposed.error is None
    assert supposed.principal is not None
    assert fields_of(supposed.principal.caller) == fields_of(real)
    assert supposed.principal.own == gather_policies(real).all()
