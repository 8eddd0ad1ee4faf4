"""Tests of classes: their people, assignments, pages."""
