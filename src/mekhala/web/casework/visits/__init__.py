"""Pages: visits of organisations to places, and what they come to in numbers."""
