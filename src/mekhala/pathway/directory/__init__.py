"""Services: whom they take, places free, last confirmed."""
