"""Access Analyzer's operations; importing this registers them."""

from console.services.accessanalyzer.actions import analyzers, findings, policy_checks

__all__ = ["analyzers", "findings", "policy_checks"]
