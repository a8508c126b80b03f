"""Files kept in memory once made, the least asked for given up when room runs out."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from geo.views.assets import Asset


class Shelf:
    """Keeps assets by key, `room` bytes at most; safe to use from many threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Asset] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Asset]) -> Asset:
        """Return the asset of a key, made now if it is not kept.

        Two who ask for the same at once may both make it: that is cheaper than that one who asks
        for something else must wait. What is larger than all the room is given and not kept.
        """
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if len(made.body) <= self._room:
                self._kept[key] = made
                self._kept.move_to_end(key)
                while self.size > self._room:
                    self._kept.popitem(last=False)
        return made

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(len(asset.body) for asset in self._kept.values())
