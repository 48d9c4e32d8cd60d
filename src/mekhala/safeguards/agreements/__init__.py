"""What agencies agreed to hand each other, until when; a feed asks here before it runs.

In: an administrator or statistician enters what was signed; a party stops it. Out: ``is_fed``,
asked by the room of the feed. Nothing is renewed by itself (R-22, after the GBV-IMS protocol for
sharing information): at its end, when another body takes the lead, or when a party stops it in
bad times, the feed has ended at the next request.
"""
