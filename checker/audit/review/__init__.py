"""What people make of an audit: a sample for them to judge, and precision and recall from their verdicts."""

from checker.audit.review.measuring import Measurement, Share, measure
from checker.audit.review.sampling import Item, draw_sample
from checker.audit.review.sheets import is_filled_in, read_sheet, write_sheet

__all__ = ["Item", "Measurement", "Share", "draw_sample", "is_filled_in", "measure", "read_sheet", "write_sheet"]
