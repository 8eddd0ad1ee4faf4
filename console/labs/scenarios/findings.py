"""What is wrong with a scenario that is being written, as its editor shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.limits import refuse_size, refuse_text
from console.labs.scenarios.names import missing_parts, unknown_names
from console.labs.scenarios.reader import scenario_faults
from console.labs.scenarios.yaml_text import YamlText

_MOST = 20


@dataclass(frozen=True)
class ScenarioFinding:
    """A fault at its line and column; a warning hinders nothing."""

    severity: str
    message: str
    line: int = 1
    column: int = 1

    @classmethod
    def of(cls, fault: Fault, severity: str = "error") -> "ScenarioFinding":
        where = f"{fault.path}: " if fault.path else ""
        return cls(severity, f"{where}{fault.message}", fault.line or 1, fault.column or 1)


def errors_of(error: ScenarioError) -> list[ScenarioFinding]:
    return [ScenarioFinding.of(fault) for fault in error.faults]


def findings_of(text: str) -> Sequence[ScenarioFinding]:
    """Return what is wrong with a scenario's text: its form, and names that stand for nothing."""
    try:
        refuse_text(text)
        source = YamlText(text)
    except ScenarioError as error:
        return errors_of(error)
    faults = scenario_faults(source.data, source)
    if faults:
        return [ScenarioFinding.of(fault) for fault in faults]
    try:
        refuse_size(source.data)
    except ScenarioError as error:
        return errors_of(error)
    missing = islice(missing_parts(source.data, source), _MOST)
    unknown = islice(unknown_names(source.data, source), _MOST)
    return [
        *(ScenarioFinding.of(fault) for fault in missing),
        *(ScenarioFinding.of(fault, "warning") for fault in unknown),
    ]
