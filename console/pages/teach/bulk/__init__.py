"""Bulk actions: chosen on the matrix or the roster, shown with all that will happen, then done."""
