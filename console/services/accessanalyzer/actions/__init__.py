"""Access Analyzer's operations; importing this registers them."""

from console.services.accessanalyzer.actions import analyzers, findings

__all__ = ["analyzers", "findings"]
