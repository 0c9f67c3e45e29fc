"""A slow, literal reading of sections 4 to 6 of the rule, for comparison only.

Shares nothing with ``service.draw``: plain JSON in, plain JSON out. Whether a
set of registrations can be placed is asked afresh each time, from nothing, one
person at a time (Kuhn's algorithm); no state survives a question.
"""

IN_TIME, LATE = "in_time", "late"


def placed(lists, places):
    """Place each list in one of its slots, or return None if that cannot be."""
    seats = {slot: [] for slot in places}

    def place(person, tried):
        for slot in lists[person]:
            if slot in tried:
                continue
            tried.add(slot)
            if len(seats[slot]) < places[slot]:
                seats[slot].append(person)
                return True
            for other in list(seats[slot]):
                if place(other, tried):
                    seats[slot].remove(other)
                    seats[slot].append(person)
                    return True
        return False

    for person in range(len(lists)):
        if not place(person, set()):
            return None
    return {person: slot for slot, people in seats.items() for person in people}


class Night:
    """One pool being decided."""

    def __init__(self, pool, tickets):
        self.pool = pool
        self.tickets = tickets
        self.rows = {row["label"]: row for row in pool["registrations"]}
        self.places = {slot["slot"]: slot["places"] for slot in pool["slots"]}
        self.served = {}  # label: (tier, through)
        self.pinned = {}  # label: slot

    def tier_list(self, label, tier):
        return self.pool["classes"][self.rows[label]["class"]][tier]

    def can_place(self, lists, places):
        return placed(lists, places) is not None

    def singles(self):
        """The lists of all singles served so far."""
        return [
            self.tier_list(label, tier)
            for label, (tier, _) in self.served.items()
            if label not in self.pinned
        ]

    def unpinned(self):
        """Places not yet pinned, by slot."""
        left = dict(self.places)
        for label, slot in self.pinned.items():
            left[slot] -= self.rows[label]["size"]
        return left

    def offer(self, label, tier, through):
        """Serve a candidate in a tier if the rule says so."""
        slots = self.tier_list(label, tier)
        size = self.rows[label]["size"]
        if not slots:
            return False
        if size == 1:
            if not self.can_place([*self.singles(), slots], self.unpinned()):
                return False
        else:
            for slot in slots:
                left = self.unpinned()
                left[slot] -= size
                if left[slot] >= 0 and self.can_place(self.singles(), left):
                    self.pinned[label] = slot
                    break
            else:
                return False
        self.served[label] = (tier, through)
        return True

    def quota_pass(self, quota):
        left = quota["places"]
        for tier in (IN_TIME, LATE):
            candidates = [
                label
                for label, row in self.rows.items()
                if label not in self.served and quota["quota"] in row["quotas"]
            ]
            candidates.sort(
                key=lambda label: (
                    -self.rows[label]["waited_days"],
                    self.tickets[label],
                    label,
                )
            )
            for label in candidates:
                size = self.rows[label]["size"]
                if size <= left and self.offer(label, tier, quota["quota"]):
                    left -= size

    def open_pass(self):
        turns = [
            (row["band"], rank, self.tickets[label], label, tier)
            for label, row in self.rows.items()
            for rank, tier in enumerate((IN_TIME, LATE))
        ]
        for _, _, _, label, tier in sorted(turns):
            if label not in self.served:
                self.offer(label, tier, "open")

    def dates(self):
        """Give each single the first slot that leaves everyone placed."""
        order = sorted(
            (self.rows[label]["band"], tier == LATE, self.tickets[label], label)
            for label, (tier, _) in self.served.items()
            if label not in self.pinned
        )
        people = [label for *_, label in order]
        lists = [self.tier_list(label, self.served[label][0]) for label in people]
        left = self.unpinned()
        given = {}
        for turn, label in enumerate(people):
            for slot in lists[turn]:
                fixed = dict(left)
                fixed[slot] -= 1
                if fixed[slot] >= 0 and self.can_place(lists[turn + 1 :], fixed):
                    given[label] = slot
                    left = fixed
                    break
            else:
                raise AssertionError("a served registration has no slot")
        return given | self.pinned


def outcome(pool, tickets):
    """Return the result of section 6 for a pool and its tickets (hex)."""
    night = Night(pool, tickets)
    for quota in pool["quotas"]:
        night.quota_pass(quota)
    night.open_pass()
    given = night.dates()
    left = dict(night.places)
    for label, slot in given.items():
        left[slot] -= night.rows[label]["size"]
    return {
        "tickets": dict(tickets),
        "allocations": [
            {
                "label": label,
                "slot": given[label],
                "tier": night.served[label][0],
                "through": night.served[label][1],
            }
            for label in sorted(given)
        ],
        "unserved": [
            {"label": label, "reason": reason(night, label)}
            for label in sorted(night.rows)
            if label not in given
        ],
        "free": [
            {"slot": slot["slot"], "places": left[slot["slot"]]}
            for slot in pool["slots"]
            if left[slot["slot"]]
        ],
    }


def reason(night, label):
    """Say why a registration was not served."""
    slots = [*night.tier_list(label, IN_TIME), *night.tier_list(label, LATE)]
    size = night.rows[label]["size"]
    if any(night.places[slot] >= size for slot in slots):
        return "places_taken"
    return "no_suitable_place"
