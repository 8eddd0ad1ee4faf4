"""The claim of a signed request: key, day, region and service, and time of signing."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from iam.wire.errors import AwsError
from iam.wire.requests import WireRequest
from iam.wire.signatures.refusals import (
    denied,
    incomplete,
    is_s3,
    malformed_header,
    malformed_query,
)
from iam.wire.times import basic

ALGORITHM = "AWS4-HMAC-SHA256"
TERMINATOR = "aws4_request"
_LONGEST_EXPIRY = 604_800
_PARTS = ("Credential", "SignedHeaders", "Signature")
_IN_QUERY = ("Algorithm", "Credential", "Signature", "Date", "SignedHeaders")
_QUERY_NEEDS = (
    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
    "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
)
_CREDENTIAL = (
    'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".'
)
_BASIC_FORMAT = re.compile(r"[0-9]{8}T[0-9]{6}Z", re.ASCII)


@dataclass(frozen=True)
class Claim:
    """The parts of a version 4 signature; `expires` is set for presigned URLs of S3."""

    access_key_id: str
    date: str
    region: str
    service: str
    terminator: str
    moment: datetime
    written: str
    signed_headers: tuple[str, ...]
    signature: str
    session_token: str = ""
    in_query: bool = False
    expires: int | None = None

    @property
    def scope(self) -> str:
        return f"{self.date}/{self.region}/{self.service}/{self.terminator}"


def claim_of(request: WireRequest) -> Claim | None:
    """Return the claim of a request; None without a version 4 signature; raises if malformed."""
    header = request.headers.get("authorization")
    if header is not None and header.split(" ", 1)[0] == ALGORITHM:
        return _in_header(request, header)
    if "X-Amz-Algorithm" in request.arguments or "X-Amz-Signature" in request.arguments:
        return _in_query(request)
    return None


def _in_header(request: WireRequest, header: str) -> Claim:
    parts = _parts_of(header)
    credential = parts.get("Credential", "")
    s3 = is_s3(_service_in(credential))
    lacking = [f"Authorization header requires '{p}' parameter." for p in _PARTS if p not in parts]
    written = request.headers.get("x-amz-date") or request.headers.get("date", "")
    if not written:
        lacking.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        )
    if lacking and not s3:
        raise incomplete(f"{' '.join(lacking)} Authorization={header.split(' ', 1)[0]}")
    if not written:
        raise denied("AWS authentication requires a valid Date or x-amz-date header")
    if lacking:
        raise malformed_header(f"missing {next(p for p in _PARTS if p not in parts)}.")
    moment = _moment(written)
    if moment is None:
        raise _unreadable_date(written, s3=s3)
    return Claim(
        *_credential(credential, in_query=False),
        moment=moment,
        written=basic(moment),
        signed_headers=tuple(parts["SignedHeaders"].lower().split(";")),
        signature=parts["Signature"],
        session_token=request.headers.get("x-amz-security-token", ""),
    )


def _parts_of(header: str) -> dict[str, str]:
    """Return the `key=value` pairs after the algorithm."""
    parts = {}
    for piece in header.partition(" ")[2].split(","):
        name, equals, value = piece.strip().partition("=")
        if name and not equals:
            raise incomplete(
                f"'{name}' not a valid key=value pair (missing equal-sign) in Authorization "
                f"header: '{header}'."
            )
        parts[name] = value.strip()
    return parts


def _service_in(credential: str) -> str:
    pieces = credential.rsplit("/", 4)
    return pieces[3] if len(pieces) == 5 else ""


def _credential(credential: str, *, in_query: bool) -> tuple[str, str, str, str, str]:
    pieces = credential.rsplit("/", 4)
    if len(pieces) == 5 and all(pieces):
        return (pieces[0], pieces[1], pieces[2], pieces[3], pieces[4])
    if in_query:
        raise malformed_query(f"Error parsing the X-Amz-Credential parameter; {_CREDENTIAL}")
    raise incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. "
        f"keyid/date/region/service/term, got '{credential}'"
    )


def _moment(written: str) -> datetime | None:
    try:
        if _BASIC_FORMAT.fullmatch(written):
            return datetime.fromisoformat(written)
        moment = parsedate_to_datetime(written)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _unreadable_date(written: str, *, s3: bool) -> AwsError:
    if s3:
        return denied("AWS authentication requires a valid Date or x-amz-date header")
    return incomplete(
        f"Date must be in ISO-8601 'basic format'. Got '{written}'. "
        "See http://en.wikipedia.org/wiki/ISO_8601"
    )


def _in_query(request: WireRequest) -> Claim:
    given = request.arguments
    service = _service_in(given.get("X-Amz-Credential", ""))
    s3 = is_s3(service) or not service
    lacking = [f"X-Amz-{name}" for name in _IN_QUERY if not given.get(f"X-Amz-{name}")]
    if s3 and (lacking or "X-Amz-Expires" not in given):
        raise malformed_query(_QUERY_NEEDS)
    if lacking:
        needs = (f"AWS query-string parameters must include '{name}'." for name in lacking)
        raise incomplete(f"{' '.join(needs)} Re-examine the query-string parameters.")
    if given["X-Amz-Algorithm"] != ALGORITHM:
        if s3:
            raise malformed_query(f'X-Amz-Algorithm only supports "{ALGORITHM}"')
        raise incomplete(f"Unsupported AWS 'algorithm': '{given['X-Amz-Algorithm']}'.")
    written = given["X-Amz-Date"]
    moment = _moment(written) if _BASIC_FORMAT.fullmatch(written) else None
    if moment is None:
        if s3:
            message = "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""
            raise malformed_query(message)
        raise _unreadable_date(written, s3=False)
    return Claim(
        *_credential(given["X-Amz-Credential"], in_query=s3),
        moment=moment,
        written=written,
        signed_headers=tuple(given["X-Amz-SignedHeaders"].lower().split(";")),
        signature=given["X-Amz-Signature"],
        session_token=given.get("X-Amz-Security-Token", ""),
        in_query=True,
        expires=_expires(given["X-Amz-Expires"]) if s3 else None,
    )


def _expires(written: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,12}", written, re.ASCII):
        raise malformed_query("X-Amz-Expires should be a number")
    seconds = int(written)
    if seconds < 0:
        raise malformed_query("X-Amz-Expires must be non-negative")
    if seconds > _LONGEST_EXPIRY:
        raise malformed_query(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given "
            f"X-Amz-Expires must be less than {_LONGEST_EXPIRY} seconds"
        )
    return seconds
