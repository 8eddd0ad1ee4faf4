"""An instructor's scenarios: the list, an editor, a summary of each world, capture."""
