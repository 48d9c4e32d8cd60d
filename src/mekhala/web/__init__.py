"""Three doors and thin walls: read the request, ask or act, show the answer."""
