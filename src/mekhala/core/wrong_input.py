"""The one way a core function says that what it was given cannot be used."""


class WrongInput(ValueError):  # noqa: N818 - the field's word, not "error"
    """What was given cannot be read or does not fit.

    The message is one sentence for the person who made the input: where (file, row,
    field), what is wrong, what was expected. The command line prints it and exits 2;
    pages and the API show it with a 4xx status.
    """
