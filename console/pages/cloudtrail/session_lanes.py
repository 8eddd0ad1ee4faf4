"""Sessions as lanes of a timeline: from their start to their end, with what opened them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from console.services.cloudtrail.session_history import Session, SessionHistory
from console.ui.markup import day_words
from console.ui.timelines import Lane, Mark, Moment, Span, Timeline, timeline_of
from console.ui.times import duration

_OPENS = {
    "ConsoleLogin": "Signed in",
    "SwitchRole": "Switched role",
    "AssumeRole": "AssumeRole",
    "AssumeRoleWithSAML": "With SAML",
    "AssumeRoleWithWebIdentity": "With web identity",
    "AssumeRoot": "AssumeRoot",
    "GetFederationToken": "GetFederationToken",
    "GetSessionToken": "GetSessionToken",
}
_Event = tuple[datetime, str, str]
"""When, which session (or none: the clock moved), and whether it starts or ends it."""


def session_lanes(history: SessionHistory, account_id: str) -> tuple[list[Moment], list[Lane]]:
    """Return the moments and lanes of sessions; pages of another account are not linked."""
    happened = _happened(history)
    places = {(key, what): number for number, (_, key, what) in enumerate(happened)}
    by_key = {one.key: one for one in history.sessions}
    moves = {one.at: one.by for one in history.clock_moves}
    moments = [
        Moment(at, _label(by_key[key], what)) if key else Moment(at, _moved(moves[at]), rules=True)
        for at, key, what in happened
    ]
    order = {one.key: number for number, one in enumerate(history.sessions)}
    lanes = [_lane(one, places, order, len(moments), account_id) for one in history.sessions]
    return moments, lanes


def session_timeline(history: SessionHistory, account_id: str) -> Timeline | None:
    moments, lanes = session_lanes(history, account_id)
    return timeline_of(
        "Sessions: how each was opened, by which other one, and how it ended",
        moments,
        lanes,
    )


def _happened(history: SessionHistory) -> list[_Event]:
    found = [(one.starts, one.key, "starts") for one in history.sessions]
    found += [(one.ending.at, one.key, "ends") for one in history.sessions if one.ending]
    found += [(one.at, "", "") for one in history.clock_moves]
    return sorted(found, key=lambda one: (one[0], one[2] != "ends", one[1] != ""))


def _label(session: Session, what: str) -> str:
    if what == "ends":
        return session.ending.how if session.ending else ""
    return _OPENS.get(session.how, session.how)


def _moved(by: timedelta) -> str:
    return f"Clock +{duration(by)}"


def _lane(
    session: Session,
    places: Mapping[tuple[str, str], int],
    order: Mapping[str, int],
    count: int,
    account_id: str,
) -> Lane:
    first = places[session.key, "starts"]
    last = places.get((session.key, "ends"), count - 1)
    ending, own = session.ending, session.account_id == account_id
    marks = [_start(session, first)]
    if ending:
        url = reverse("event", args=[ending.event_id]) if ending.event_id and own else ""
        title = f"{session.name}: {ending.how}"
        marks.append(Mark(last, "ends", "ended", title, url))
    return Lane(
        session.name,
        note_of(session),
        f"{session.name}: {sentence_of(session)}",
        tuple(marks),
        url_of(session) if own else "",
        Span(first, last, goes_on=ending is None),
        order.get(session.opened_in),
    )


def _start(session: Session, first: int) -> Mark:
    title = f"{session.name}: {_OPENS.get(session.how, session.how)}"
    word = "in" if session.how == "ConsoleLogin" else "role" if session.is_role else "keys"
    return Mark(first, word, "allowed", title, reverse("event", args=[session.event_id]))


def note_of(session: Session) -> str:
    """Return what a session is, in a few words."""
    kind = "Role session" if session.is_role else "Sign-in" if session.in_console else "Session"
    return f"{kind}, {session.account_id}"


def url_of(session: Session) -> str:
    """Return the page of the user or role behind a session; empty for root."""
    if session.is_role:
        return reverse("role", args=[session.of])
    return "" if session.of in {"", "root"} else reverse("user", args=[session.of])


def sentence_of(session: Session) -> str:
    """Return how a session began and ended, or until when it lasts."""
    opened = _OPENS.get(session.how, session.how)
    by = f" by {session.opener}" if session.opener else ""
    if session.ending:
        return f"{opened}{by}. {session.ending.how}."
    until = f"{day_words(session.expires)}, {session.expires:%H:%M:%S} (UTC)"
    return f"{opened}{by}. Lasts until {until}."


@dataclass(frozen=True)
class SessionView:
    """A session in words, for the list that takes the drawing's place."""

    session: Session
    note: str
    sentence: str
    url: str
    is_here: bool


def session_views(
    history: SessionHistory, account_id: str, here: Collection[str] = ()
) -> list[SessionView]:
    """Return the sessions in words, the newest first; `here` are the keys of this browser's."""
    return [
        SessionView(
            one,
            note_of(one),
            sentence_of(one),
            url_of(one) if one.account_id == account_id else "",
            one.key in here,
        )
        for one in reversed(history.sessions)
    ]
