"""What a sheet of paper says, against which the engine is held."""


def waiting_room_share(sessions: int, people: int) -> float:
    """Return the share of places that ``sessions`` take among ``people``.

    Source: every session has the same chance of any rank; own inference.
    """
    return sessions / (sessions + people) if sessions else 0.0


def lottery_chance(places: int, entries: int) -> float:
    """Return the chance of one entry in a plain lottery of one night."""
    return min(1.0, places / entries) if entries else 1.0


def chance_within(chance: float, tries: int) -> float:
    """Return the chance of at least one success in so many independent tries."""
    return 1.0 - (1.0 - chance) ** tries


def break_even(
    *, passes: float, wins: float, transfers: float, price: float, cost: float
) -> float:
    """Return what one fake identity earns (€) on average, its cost taken off.

    Args:
        passes: Chance to pass the identity check.
        wins: Chance to win a place once in the pool.
        transfers: Chance that the place reaches the buyer.
        price: What the buyer pays, in €.
        cost: What the identity costs, in €.
    """
    return passes * wins * transfers * price - cost


def capture_bound(fakes: int, others: int) -> float:
    """Return the most that fakes of one band win on average in a plain lot."""
    return fakes / (fakes + others) if fakes else 0.0


def least_lost(load: float, dated: float, lost_before: float) -> float:
    """Return the share of savable rights that any rule loses in the long run.

    Args:
        load: Needs for one place.
        dated: Share of needs with a date.
        lost_before: Share of those whose right is over when they arrive.

    Source: counting; a place saves one right at most, and people without a date may
    be given none.
    """
    savable = load * dated * (1.0 - lost_before)
    return max(0.0, 1.0 - 1.0 / savable) if savable else 0.0
