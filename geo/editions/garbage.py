"""What stays in memory for good is set aside from what comes and goes with each reader."""

import gc


def settle() -> None:
    """Take all that is in memory now out of the garbage collector's sight.

    Libraries and data are some 400 000 objects, and to look through them all takes a tenth of a
    second, in which no reader is answered; frozen, they cost nothing. What a newer edition of the
    data replaces is collected when that one settles.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
