"""*Edit statement*: the pane beside the JSON editor."""
