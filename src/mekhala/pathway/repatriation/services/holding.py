"""What the acts on a return have in common: the row held, a word that is known."""

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.repatriation import queries
from mekhala.pathway.repatriation.models import Return


def hold(one: Return) -> Return:
    """Hold the return against a second act at the same moment; return it with its rows."""
    Return.objects.select_for_update().get(pk=one.pk)
    found = queries.whole(Return.objects.filter(pk=one.pk)).first()
    assert found is not None
    return found


def one_of(field: str, word: str, words: list[str]) -> str:
    """Return a word that is one of ``words``. Raises ``WrongInput``, naming the field."""
    if word not in words:
        raise WrongInput(f"{field}: {str(word)[:40]!r}; expected one of {', '.join(words)}.")
    return str(word)
