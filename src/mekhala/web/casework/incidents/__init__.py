"""Reports about officials: taking down, opening, sending on, and patterns without names."""
