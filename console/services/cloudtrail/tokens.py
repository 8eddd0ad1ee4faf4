"""The token for the next page of events."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from iam.models import Event
from iam.wire.errors import AwsError


@dataclass(frozen=True)
class PagePosition:
    """The place of an event in the history."""

    time: datetime
    pk: int

    @classmethod
    def of(cls, event: Event) -> "PagePosition":
        return cls(event.time, event.pk)

    def token(self) -> str:
        plain = json.dumps([self.time.astimezone(UTC).isoformat(), self.pk])
        return urlsafe_b64encode(plain.encode()).decode()

    def older(self) -> Q:
        return Q(time__lt=self.time) | Q(time=self.time, pk__lt=self.pk)


def place_of(token: str) -> PagePosition:
    """Return the place in a token; raises InvalidNextTokenException."""
    try:
        time, pk = json.loads(urlsafe_b64decode(token.encode()))
        moment = datetime.fromisoformat(time)
        if moment.tzinfo is None or not 0 <= int(pk) < 2**63:
            raise ValueError(token)
        return PagePosition(moment, int(pk))
    except (ValueError, TypeError, OverflowError) as error:
        message = "The NextToken is invalid."
        raise AwsError("InvalidNextTokenException", message, 400, ("NextToken",)) from error
