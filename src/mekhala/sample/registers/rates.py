"""How often the hard cases happen, and how skewed the names are: stated, so that tests hold them.

Shares are of people or of records as said, and apart from each other. They were chosen so that
every difficulty met in practice is there often enough to be measured; they measure nothing.
"""

# of people, how they stand to one person before them
TWIN = 0.006  # same family, birth, place and parents; another given name
SIBLING = 0.05  # same family name, father, mother, place; born 1 to 9 years apart
NAMESAKE = 0.01  # same whole name, sex and village, born within two years, other parents
TWINS_OF_ONE_SEX = 0.65
RHYMING = 0.5  # of twins and siblings: the given names share their beginning

# of people
FATHERS_GIVEN_NAME = 0.35  # the family name is the father's given name
NICKNAMED = 0.15  # has another name that is used beside the given one
WITHOUT_FAMILY_NAME = 0.03  # uses none at all
MOVED = 0.20  # lives in another district than that of birth
FOREIGN = 0.14

# of people, by how well the birth is known to themselves
BIRTH_KNOWN = {"day": 0.58, "year": 0.20, "zodiac": 0.08, "about": 0.11, "nothing": 0.03}

# of records
WRONG_SEX = 0.01
YEAR_OFF = 0.05  # the year written is one or, a fifth of these, two off
DAY_AND_MONTH_SWAPPED = 0.01
NEW_YEARS_DAY = 0.25  # of records of those who know the year only: 1 January is put down
WRONG_DIGIT = 0.01  # of numbers written
SPELT_BY_EAR = 0.04  # of words in Khmer script: another usual or careless spelling
WITHOUT_SPACE = 0.05  # of names in Khmer script: family and given name run together
THE_USUAL_ONE = 0.85  # of spellings from the list of usual ones: the first of them
INVISIBLE_SPACE = 0.04  # of names in Khmer script
PLACE_OF_LIVING = 0.5  # of records of those who moved: where they live, else where born

ZIPF = 1.0  # the weight of the name of rank r is 1 / (r + ZIPF_AFTER) ** ZIPF
ZIPF_AFTER = 2.0
