"""The findings of a document, as the tabs under its editor show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_SEVERITIES = (
    ("security", "Security", "shield"),
    ("error", "Errors", "error"),
    ("warning", "Warnings", "warning"),
    ("suggestion", "Suggestions", "lightbulb"),
)


@dataclass(frozen=True)
class ShownFinding:
    """A finding at its line and column, counted from 1."""

    severity: str
    message: str
    line: int
    column: int
    code: str

    @classmethod
    def of(cls, finding: Any) -> "ShownFinding":
        """Read one from a mapping or any object with these attributes."""

        def part(name: str) -> Any:
            if isinstance(finding, Mapping):
                return finding.get(name)
            return getattr(finding, name, None)

        severity = part("severity") or "error"
        return cls(
            severity=str(getattr(severity, "value", severity)).lower(),
            message=str(part("message") or ""),
            line=int(part("line") or 1),
            column=int(part("column") or 1),
            code=str(part("code") or ""),
        )


@dataclass
class FindingGroup:
    """The findings of one severity; `open` marks the first tab that has any."""

    slug: str
    label: str
    icon: str
    found: list[ShownFinding] = field(default_factory=list)
    open: bool = False


def grouped(findings: Iterable[Any]) -> list[FindingGroup]:
    """The four tabs, errors opened before the others."""
    groups = {slug: FindingGroup(slug, label, icon) for slug, label, icon in _SEVERITIES}
    for finding in map(ShownFinding.of, findings):
        groups.get(finding.severity, groups["error"]).found.append(finding)
    by_weight = (groups[slug] for slug in ("error", "security", "warning", "suggestion"))
    first = next((group for group in by_weight if group.found), None)
    if first:
        first.open = True
    return list(groups.values())
