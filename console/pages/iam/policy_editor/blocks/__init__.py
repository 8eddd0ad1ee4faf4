"""A policy as blocks, one a service: their form fields, and documents read and written."""
