"""Tables after disclosure control, dated, never altered afterwards."""
