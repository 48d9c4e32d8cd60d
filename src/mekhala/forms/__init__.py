"""Questionnaires as data: XLSForm in, XForm out, versions; submissions kept whole."""
