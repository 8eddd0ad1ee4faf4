"""The steps of a wizard, as its frame shows them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class WizardStep:
    """A step: slug, title, and the URL where it can be gone back to."""

    slug: str
    title: str
    url: str = ""
    optional: bool = False


@dataclass(frozen=True)
class WizardStepView:
    """A step with its number and where it stands to the current one."""

    step: WizardStep
    number: int
    current: bool
    done: bool


@dataclass(frozen=True)
class WizardFrame:
    """The steps, the current one's slug, where Cancel leads and the words on the last button."""

    steps: Sequence[WizardStep]
    current: str
    cancel_url: str
    submit_label: str
    label: str = "Steps"

    @property
    def number(self) -> int:
        return next((n for n, s in enumerate(self.steps, 1) if s.slug == self.current), 1)

    @property
    def title(self) -> str:
        return self.steps[self.number - 1].title

    @property
    def shown(self) -> list[WizardStepView]:
        here = self.number
        return [WizardStepView(s, n, n == here, n < here) for n, s in enumerate(self.steps, 1)]

    @property
    def last(self) -> bool:
        return self.number == len(self.steps)

    @property
    def previous_url(self) -> str:
        return self.steps[self.number - 2].url if self.number > 1 else ""
