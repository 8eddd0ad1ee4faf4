"""What a teacher does with the work of many students at once: planned, shown, then done."""

from console.classes.bulk.actions import Award, BulkAction
from console.classes.bulk.performance import perform_bulk
from console.classes.bulk.plan import PlannedStudent, plan_bulk

__all__ = ["Award", "BulkAction", "PlannedStudent", "perform_bulk", "plan_bulk"]
