"""A policy as blocks, one for each service: in form fields, and to and from a document."""
