"""What became of each project since the decision: derived from its events, never stored.

The stage of the decision is another fact and stays as it is. Nothing is inferred from silence: a
project without an event is one of which no published page was found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from geo.layer.codes import EVENT_TYPES, SINCE, STATES
from geo.layer.events import Event, days

KIND: Final = {one.code: one for one in EVENT_TYPES}
CODE: Final = {(one.state, one.scope): one.code for one in SINCE if one.state}
SCOPES: Final = ("part", "whole")
"""Of two that have come equally far the later one counts."""


@dataclass(frozen=True)
class Standing:
    """What became of a project: a code of `geo.layer.codes.SINCE`, and the day to which that is known.

    Where no page was found, that is the last day of which any page of the layer tells.
    """

    code: str
    as_of: str


def standings(
    projects: Iterable[str], events: Mapping[str, tuple[Event, ...]]
) -> dict[str, Standing]:
    """Return the standing of each project by id; none at all where the layer has no events."""
    searched = max((one.as_of for own in events.values() for one in own), default="")
    if not searched:
        return {}
    return {name: standing(events.get(name, ()), searched) for name in projects}


def standing(events: tuple[Event, ...], searched: str) -> Standing:
    """Return what the events of one project tell: how far the whole has come, or else a part.

    A part counts where it has come further than the whole, and is called a part. What is only
    related, a new name, or a successor tells of no state.
    """
    if not events:
        return Standing("nothing", searched)
    found = {"part": furthest(events), "whole": latest(events)}
    told = {scope: state for scope, state in found.items() if state}
    scope = max(told, key=lambda one: (STATES.index(told[one]), SCOPES.index(one)), default="")
    code = CODE[told[scope], scope] if scope else "related"
    return Standing(code, max(one.as_of for one in events))


def furthest(events: Iterable[Event]) -> str:
    """Return the state of the part that has come furthest; "" where no event tells of a part.

    Each event may be of another part: one that is open stays so while the next is being built.
    """
    told = (KIND[one.type].shows for one in events if one.scope == "part")
    return max((state for state in told if state), key=STATES.index, default="")


def latest(events: Iterable[Event]) -> str:
    """Return the state that the latest events of the whole show; "" where none shows any.

    Dates are known to a day, a month or a year. Of events whose time may be the same, the one that
    is further on counts: what opened "in 2021" came after what was begun that May.
    """
    own = [one for one in events if one.scope == "whole" and KIND[one.type].shows]
    told = [(days(one.date), KIND[one.type].shows) for one in own if not KIND[one.type].undone]
    if not any(state != STATES[0] for _, state in told):
        told = [(days(one.date), KIND[one.type].shows) for one in own]
    if not told:
        return ""
    begins = max(first for (first, _), _ in told)
    return max((state for (_, last), state in told if last >= begins), key=STATES.index)
