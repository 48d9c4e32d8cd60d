"""Lists that forms offer are filled anew where their source has changed: places, law, services.

Services leave the list when nobody has confirmed them for 14 days, which no act tells of.
"""

from django.tasks import task
from django.utils import timezone

from mekhala.forms import queries
from mekhala.forms import services as forms
from mekhala.pathway.directory import services as directory


@task()
def fill_lists() -> int:
    """Fill the lists that forms in use ask for; return how many there are."""
    now = timezone.now()
    filled = forms.fill_lists(queries.lists_asked_for(), at=now)
    directory.hand_list_to_forms(at=now)
    return len(filled) + 1
