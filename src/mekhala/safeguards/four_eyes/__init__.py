"""An act that nobody does alone: asked by one officer, signed by a second of another agency (R-06).

In: a room whose acts need a second signature names them in a module ``signed_acts``. Out:
``ask``, ``agree``, ``refuse``, ``take_back`` and, for acts done later by who asked, ``use``.
The database holds the same line: two officers, two agencies, two devices, once, within 72 hours.
"""
