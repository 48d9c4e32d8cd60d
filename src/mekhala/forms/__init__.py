"""Questionnaires as data: an author's form in, an XForm out, answers kept whole.

In: an XLSForm (.xlsx, .xls, .md) or an XForm, and what phones and browsers send back.
Out: ``FormVersion``, handed out exactly as kept; ``Submission``, byte for byte as it came, with
its answers as question path → text. Acts: administrators and competent authority officers add
versions; those who meet people send answers. Standards: ODK XForms, OpenRosa.
"""
