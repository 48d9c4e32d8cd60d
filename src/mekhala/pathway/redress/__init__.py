"""In: what was taken from a person, and a trial she may be heard in. Out: money, safety, counsel.

Money owed and paid to the day, protective measures, a plan for being heard, legal aid, and the
rights a person was told. Kept under a case by who helps, under a proceeding by justice; what
justice keeps is seen from the case once it is linked, never the other way round. Help never
depends on being heard: the plan for it lies with the proceeding alone.
"""
