"""Signals of copying: what a teacher may want to ask about, with its evidence."""

from console.classes.copying.judging import SignalView, dismiss, restore, signals_of
from console.classes.copying.search import look_for_signals

__all__ = ["SignalView", "dismiss", "look_for_signals", "restore", "signals_of"]
