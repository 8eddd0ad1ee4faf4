"""Django's sessions in the database, read by a query whose SQL is made once."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from iam.models.prepared_queries import Prepared


def _with_key(key: str) -> QuerySet[Session]:
    return Session.objects.filter(pk=key)


_WITH_KEY = Prepared(_with_key)


class SessionStore(DatabaseStore):
    """The `SESSION_ENGINE` of the site."""

    def _get_session_from_db(self) -> Session | None:
        found = _WITH_KEY.first(self.session_key or "")
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None
