"""One's own account: signing in and out, the factor of the role, where one is signed in."""
