"""What is sent as JSON: nothing in it is ignored, and times have a zone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers


class BodyShape(serializers.Serializer[Any]):
    """What may be sent. A field that is unknown is refused: ignored, a slip would look done."""

    def to_internal_value(self, data: Any) -> Any:
        """Return what was sent, checked; raises ValidationError."""
        names = data if isinstance(data, Mapping) else ()
        unknown = [str(name) for name in names if name not in self.fields]
        if unknown:
            known = ", ".join(self.fields)
            sentence = f"There is no such field here. There are: {known}."
            raise serializers.ValidationError({name[:80]: [sentence] for name in unknown[:10]})
        return super().to_internal_value(data)


class BodyShapeExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Says in the schema that nothing else may be sent."""

    target_class = BodyShape
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """Return the schema of a shape."""
        found: dict[str, Any] = auto_schema._map_serializer(
            self.target, direction, bypass_extensions=True
        )
        return {**found, "additionalProperties": False}


class ZonedDateTimeField(serializers.DateTimeField):
    """A time with its zone: without it, nobody knows whether the class's or UTC is meant."""

    default_error_messages = {
        "zone": "Say the zone as well, as `2030-05-01T18:00:00+02:00` or `2030-05-01T16:00:00Z` do."
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        """Refuse a time without a zone."""
        if timezone.is_naive(value):
            self.fail("zone")
        return super().enforce_timezone(value)
