"""LTI 1.3: classes opened from a learning management system, and grades sent to it."""
