"""How students stand in answers about their work."""

from rest_framework import serializers

from console.classes.models import Enrollment
from console.labs.site_users import display_name


class StudentRef(serializers.Serializer[Enrollment]):
    """A student of a class; `id` is the student's in this class."""

    id = serializers.CharField(source="public_id")
    name = serializers.SerializerMethodField()

    def get_name(self, enrollment: Enrollment) -> str:
        """Return what the student is called."""
        return display_name(enrollment.user)
