"""Control policies of an organization: rows, since no operation that is supported makes them."""

from typing import Any

from factory import Sequence
from factory.django import DjangoModelFactory

from iam.engine import PolicyType
from iam.models import ControlPolicy, Document, Sandbox
from iam.queries import checked_document

_POLICY_TYPES = {ControlPolicy.Type.SCP: PolicyType.SCP, ControlPolicy.Type.RCP: PolicyType.RCP}


class ControlPolicyFactory(DjangoModelFactory[ControlPolicy]):
    """A control policy; `document` is its text, refused as AWS refuses it."""

    class Meta:
        model = ControlPolicy

    sandbox: Sandbox
    type = ControlPolicy.Type.SCP
    name = Sequence(lambda n: f"Control{n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> ControlPolicy:
        sandbox, text = kwargs.pop("sandbox"), kwargs.pop("document")
        checked_document(text, _POLICY_TYPES[kwargs["type"]])
        document = Document.of(sandbox, text)
        policy: ControlPolicy = ControlPolicy.add(sandbox, document=document, **kwargs)
        return policy
