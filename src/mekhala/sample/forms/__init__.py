"""The shipped invented forms, as XLSForm in Markdown tables."""
