"""Events told in several ways: sentences that say the same in other words, and the same sentences gone wrong.

`events.tsv` lists what happens between whom and how it may be said; `manners` whether it was done, may be done or is
only alleged; `cast` who takes part; `clauses` puts words in order; `stories` draws a whole statement and its errors.
"""

from checker.training.telling.saying import Told
from checker.training.telling.stories import Story, draw

__all__ = ["Story", "Told", "draw"]
