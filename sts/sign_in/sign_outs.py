"""Signing out of the console, of which CloudTrail writes no event."""

from iam.callers import Caller
from iam.models.session_marks import SessionMark


def note_sign_out(*sessions: Caller) -> None:
    """Note that console sessions, such as a sign-in and its active role, were signed out."""
    for one in {caller.access_key_id: caller for caller in sessions}.values():
        SessionMark.note(one.sandbox, one.now, access_key_id=one.access_key_id)
