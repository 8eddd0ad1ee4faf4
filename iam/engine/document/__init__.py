"""Policy documents as text: strict JSON, positions, copied text and its repair."""
