"""The consoles of a browser in the Django session: up to five, each with its credentials."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import get_random_string

MOST_CONSOLES = 5
_CONSOLES, _CURRENT, _HISTORY, _WORLD = "consoles", "console", "role_history", "world"
_RECENT, _MOST_RECENT = "recent", 6
_ENDED, _MOST_ENDED = "ended", 10
_HISTORY_LENGTH = 5


@dataclass(frozen=True)
class ActiveRole:
    """An active role: its sealed credentials, and its name and color in the navbar."""

    token: str
    display_name: str
    color: str
    account: str
    role_name: str

    @classmethod
    def shown_as(cls, token: str, typed: dict[str, str]) -> "ActiveRole":
        """Return a role as the form of *Switch Role* names it, or else by itself."""
        name = typed["displayName"] or f"{typed['roleName']} @ {typed['account']}"
        return cls(token, name, typed["color"], typed["account"], typed["roleName"])

    @property
    def has_display_name(self) -> bool:
        return self.display_name != f"{self.role_name} @ {self.account}"


@dataclass(frozen=True)
class KeptConsole:
    """A console in a menu: its active identity, and the account of its sign-in."""

    console_id: str
    label: str
    account_id: str


class ConsoleLimit(ValueError):
    """A sixth console was requested."""

    def __init__(self) -> None:
        super().__init__("Session limit reached. Sign out of one of your five sessions first.")


def _same(one: dict[str, str], other: dict[str, str]) -> bool:
    return all(one.get(name) == other[name] for name in ("account_id", "role_name"))


class ConsoleStore:
    """Reads and writes the consoles of one Django session."""

    def __init__(self, session: MutableMapping[str, Any]) -> None:
        self._session = session

    def ids(self) -> list[str]:
        return list(self._session.get(_CONSOLES, {}))

    def current(self) -> str:
        """Return the ID of the console for URLs without an ID; empty if there is none."""
        current: str = self._session.get(_CURRENT, "")
        return (
            current if current in self._session.get(_CONSOLES, {}) else next(iter(self.ids()), "")
        )

    def base_token(self, console_id: str) -> str:
        token: str = self._session[_CONSOLES][console_id]["base"]
        return token

    def acting_token(self, console_id: str) -> str:
        """Return the sealed credentials that a console's calls are made with."""
        role = self.role(console_id)
        return role.token if role else self.base_token(console_id)

    def last_world(self) -> int:
        """Return the sandbox that the browser acts in, or last acted in, if it is of a lab."""
        world: int = self._session.get(_WORLD, 0)
        return world

    def act_in(self, world: int) -> None:
        """Remember the sandbox that the browser acts in, past its sign-out; 0 for none."""
        if self.last_world() != world:
            self._session[_WORLD] = world

    def role(self, console_id: str) -> ActiveRole | None:
        kept = self._session[_CONSOLES][console_id].get("role")
        return ActiveRole(**kept) if kept else None

    def _save(self, consoles: dict[str, Any]) -> None:
        self._session[_CONSOLES] = consoles

    def others(self, console_id: str) -> list[KeptConsole]:
        """Return the consoles but one."""
        return [
            KeptConsole(
                other,
                kept["role"]["display_name"] if "role" in kept else kept.get("name", ""),
                kept.get("account_id", ""),
            )
            for other, kept in self._session.get(_CONSOLES, {}).items()
            if other != console_id
        ]

    def sign_in(self, token: str, name: str, account_id: str, *, replacing: str | None = "") -> str:
        """Add a console, in place of another if one is named; return its ID.

        Beside others (`replacing=None`) it does not take over the URLs without an ID: those are
        the other tabs'.
        """
        consoles = dict(self._session.get(_CONSOLES, {}))
        consoles.pop(replacing or "", None)
        if len(consoles) >= MOST_CONSOLES:
            raise ConsoleLimit
        console_id = get_random_string(8, "abcdefghijkmnpqrstuvwxyz23456789")
        consoles[console_id] = {"base": token, "name": name, "account_id": account_id}
        self._save(consoles)
        if replacing is not None or len(consoles) == 1:
            self.use(console_id)
        return console_id

    def use(self, console_id: str) -> None:
        """Make a console the one for URLs without an ID."""
        if self._session.get(_CURRENT) != console_id:
            self._session[_CURRENT] = console_id

    def note_end(self, identities: Iterable[str], why: str) -> None:
        """Remember why sessions have ended, for the forms of theirs that are still open."""
        ended = {**self._session.get(_ENDED, {}), **dict.fromkeys(identities, why)}
        self._session[_ENDED] = dict(list(ended.items())[-_MOST_ENDED:])

    def why_ended(self, identity: str) -> str:
        """Return why the session of an identity has ended; empty if none has."""
        why: str = self._session.get(_ENDED, {}).get(identity, "")
        return why

    def sign_out(self, console_id: str) -> None:
        """Forget one console; the others stay."""
        consoles = dict(self._session.get(_CONSOLES, {}))
        consoles.pop(console_id, None)
        self._save(consoles)

    def switch(self, console_id: str, role: ActiveRole | None) -> None:
        """Set the active role of a console, or none."""
        consoles = dict(self._session.get(_CONSOLES, {}))
        kept = {key: value for key, value in consoles[console_id].items() if key != "role"}
        if role is not None:
            kept["role"] = vars(role)
        consoles[console_id] = kept
        self._save(consoles)

    def recent(self, console_id: str) -> list[str]:
        """Return the parts of the site that a console has visited, the latest first."""
        found: list[str] = self._session[_CONSOLES][console_id].get(_RECENT, [])
        return found

    def note_visit(self, console_id: str, part: str) -> None:
        """Put a part of the site at the head of those that a console has visited."""
        recent = self.recent(console_id)
        if recent[:1] != [part]:
            consoles = dict(self._session[_CONSOLES])
            latest = [part, *(one for one in recent if one != part)][:_MOST_RECENT]
            consoles[console_id] = {**consoles[console_id], _RECENT: latest}
            self._save(consoles)

    def history(self, base_arn: str) -> list[dict[str, str]]:
        """Return the last five roles that an identity switched to, the latest first."""
        found: list[dict[str, str]] = self._session.get(_HISTORY, {}).get(base_arn, [])
        return found

    def remember(self, base_arn: str, role: ActiveRole, account_id: str) -> None:
        """Put a role at the head of an identity's history, and remove its earlier entry."""
        entry = {name: value for name, value in vars(role).items() if name != "token"}
        entry["account_id"] = account_id
        others = [e for e in self.history(base_arn) if not _same(e, entry)]
        histories = dict(self._session.get(_HISTORY, {}))
        histories[base_arn] = [entry, *others][:_HISTORY_LENGTH]
        self._session[_HISTORY] = histories
