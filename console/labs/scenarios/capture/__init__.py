"""A sandbox's world as it stands, written as a scenario."""

from console.labs.scenarios.capture.worlds import Capture, capture_world

__all__ = ["Capture", "capture_world"]
