"""What would be different, as ends and edges of the access map, and in sentences."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.pages.iam.access_map.edges import OUTSIDE, PROVIDERS, SERVICES, Edge, End, Ends
from console.pages.iam.access_map.links import AccountLinks
from iam import catalogue
from iam.analysis import STRANGER, AccessChanges, ReachChange, RoleEntry, World, WorldPrincipal
from iam.arns import account_named, account_of, name_in

CAN_DO = "What they can do"
_GROUPS = {"service": SERVICES, "provider": PROVIDERS, "outside": OUTSIDE}
_MOST_ACTIONS = 8


@dataclass(frozen=True)
class ChangeSentence:
    """One difference in words: `change` is added or removed."""

    change: str
    who: str
    what: str
    url: str = ""

    @property
    def verb(self) -> str:
        return "gains" if self.change == "added" else "loses"


@dataclass(frozen=True)
class ChangeMap:
    """Names the ends of changes; principals are those of the world after the change."""

    people: Mapping[str, WorldPrincipal]
    links: AccountLinks

    @classmethod
    def of(cls, after: World, links: AccountLinks) -> "ChangeMap":
        return cls({one.arn: one for one in after.everyone}, links)

    def source(self, who: str, kind: str = "") -> End:
        """Return the end of a principal, a service, a provider, or whoever is outside."""
        someone = self.people.get(who)
        if someone is not None:
            return End(
                who,
                someone.account_id,
                someone.kind,
                someone.name,
                someone.called,
                self.links.page_of(someone),
            )
        if who == STRANGER or kind == "outside" or account_of(who):
            shown = account_named(who) or account_of(who) or who
            title = "anybody of an account that nobody knows here" if who == STRANGER else who
            name = "Anybody" if who == STRANGER else f"account {shown}"
            return End(who, OUTSIDE, "outside", name, title)
        return End(who, _GROUPS.get(kind, SERVICES), kind or "service", name_in(who) or who, who)

    def ends(self, changes: AccessChanges) -> Ends:
        """Return what is drawn: the entries that change, those that stay, what can be done."""
        sources: dict[str, End] = {}
        targets: dict[str, End] = {}
        edges: list[Edge] = []
        for change, entries in (
            ("", changes.kept),
            ("removed", changes.lost),
            ("added", changes.gained),
        ):
            for entry in entries:
                source = sources.setdefault(entry.who, self.source(entry.who, entry.kind))
                targets.setdefault(entry.role, self._role(entry.role))
                edges.append(self._entry(entry, source, change))
        for one in changes.reach:
            source = sources.setdefault(one.who, self.source(one.who))
            for change, probes in (("removed", one.lost), ("added", one.gained)):
                for prefix, actions in _services(probes).items():
                    key, name = f"service:{prefix}", _service_name(prefix)
                    targets.setdefault(key, End(key, CAN_DO, "reach", name, name))
                    edges.append(_reaching(source, key, change, actions))
        return Ends(tuple(sources.values()), tuple(targets.values()), tuple(edges))

    def _role(self, arn: str) -> End:
        name, account_id = name_in(arn), account_of(arn)
        url = self.links.page("role", name, account_id) if arn in self.people else ""
        return End(arn, account_id, "role", name, f"role {name}", url)

    def _entry(self, entry: RoleEntry, source: End, change: str) -> Edge:
        needs = f", with {entry.needs}" if entry.needs else ""
        verb = {"added": "could newly", "removed": "could no longer"}.get(change, "can still")
        title = f"{source.title} {verb} assume role {name_in(entry.role)}{needs}"
        crosses = source.group.isdigit() and source.group != account_of(entry.role)
        return Edge(entry.who, entry.role, entry.needs, crosses, change=change, title=title)

    def sentences(self, changes: AccessChanges) -> list[ChangeSentence]:
        """Return every difference in words."""
        found = []
        for change, entries in (("added", changes.gained), ("removed", changes.lost)):
            for entry in entries:
                source = self.source(entry.who, entry.kind)
                needs = f", with {entry.needs}" if entry.needs else ""
                what = f"access to the role {name_in(entry.role)}{needs}"
                found.append(ChangeSentence(change, source.title, what, source.url))
        for one in changes.reach:
            found += self._reach(one)
        return found

    def _reach(self, one: ReachChange) -> Iterable[ChangeSentence]:
        source = self.source(one.who)
        for change, probes in (("added", one.gained), ("removed", one.lost)):
            for actions in _services(probes).values():
                shown = ", ".join(actions[:_MOST_ACTIONS])
                more = len(actions) - _MOST_ACTIONS
                what = f"{shown} and {more} more" if more > 0 else shown
                yield ChangeSentence(change, source.title, what, source.url)


def _reaching(source: End, service: str, change: str, actions: list[str]) -> Edge:
    verb = "gains" if change == "added" else "loses"
    title = f"{source.title} {verb} {', '.join(actions[:_MOST_ACTIONS])}"
    return Edge(source.key, service, "", change=change, title=title)


def _services(probes: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the actions of probes by the prefix of their service, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for action, _ in probes:
        found[action.partition(":")[0]][action] = None
    return {prefix: list(actions) for prefix, actions in found.items()}


def _service_name(prefix: str) -> str:
    service = catalogue.service(prefix)
    return service.title if service else prefix
