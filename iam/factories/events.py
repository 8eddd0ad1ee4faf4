"""Events: rows, since a factory's own calls are not recorded."""

from uuid import uuid4

from factory import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from iam.factories.accounts import SandboxFactory
from iam.models import Event


class EventFactory(DjangoModelFactory[Event]):
    """One recorded call of some user."""

    class Meta:
        model = Event

    sandbox = SubFactory(SandboxFactory)
    account_id = "111122223333"
    event_id = LazyFunction(uuid4)
    time = LazyAttribute(lambda row: row.sandbox.time_at(row.sandbox.created_at))
    source = "iam.amazonaws.com"
    name = "CreateRole"
    read_only = False
    user_name = Sequence(lambda n: f"user-{n}")
    record = LazyAttribute(
        lambda row: {"eventName": row.name, "eventID": str(row.event_id), "readOnly": row.read_only}
    )
