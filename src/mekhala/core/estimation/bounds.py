"""Where a number stops being defensible. Policy, not theory: settings that can be argued about."""

from dataclasses import dataclass, fields

from mekhala.core.wrong_input import WrongInput


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What a table and a panel of methods must show before one number is told.

    ``fewest_lists``: lists with enough people shared with the others. ``fewest_shared``: people on
    both sides wherever the lists are split in two; below it one wrong link decides.
    ``fewest_seen_twice``: share of the people seen who are on two lists or more.
    ``far``: times the people seen. ``unsteady``: share of replicates that choose another model.
    ``one_number_within``, ``panel_within``: highest point estimate of the panel over the lowest, up
    to which one number, and up to which a range, can be told.
    ``beyond``: standard errors by which people on three lists or more may be more than foretold,
    before people are taken to differ; ``fewest_foretold``: people on three lists or more that must
    be foretold, or no difference could show; ``hidden``: times by which differences may make the
    number too low before, on average, they show by ``beyond`` standard errors.
    ``longest_days``: days of one period; longer, and people come, go and die within it.
    ``smallest_stratum``: people seen; smaller strata are not shown.
    """

    fewest_lists: int = 3
    fewest_shared: int = 5
    fewest_seen_twice: float = 0.02
    far: float = 10.0
    unsteady: float = 0.5
    one_number_within: float = 1.5
    panel_within: float = 3.0
    beyond: float = 1.645
    fewest_foretold: float = 5.0
    hidden: float = 1.5
    longest_days: int = 366
    smallest_stratum: int = 10

    def __post_init__(self) -> None:
        for bound in fields(self):
            if getattr(self, bound.name) < 0:
                raise WrongInput(f"bound {bound.name}: is negative; expected 0 or more")
        if not 1 <= self.one_number_within <= self.panel_within:
            raise WrongInput(
                f"bound one_number_within: is {self.one_number_within}; expected 1 to panel_within "
                f"({self.panel_within})"
            )
        if self.hidden <= 1:
            raise WrongInput(f"bound hidden: is {self.hidden}; expected more than 1")


DEFAULT = Bounds()
