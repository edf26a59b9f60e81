// What an edit does to places in the text, so that findings stay on their words until the next check is done.

const SHARE_OF_ANOTHER = 0.95; // a full stop at the end is the same in most texts

/** The edit between two texts: units `start`..`end` of `before` became `added` units. Null where they are equal. */
export function editBetween(before, after) {
  if (before === after) return null;
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < least - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) tail += 1;
  return { start, end: before.length - tail, added: after.length - tail - start };
}

/** True where hardly anything is left of the text before: it is another one, of which nothing is known. */
export function isAnother(edit, before) {
  return edit.end - edit.start > SHARE_OF_ANOTHER * before.length;
}

/** The span after the edit, or null where the edit touched it. */
export function moved(span, edit) {
  const by = edit.added - (edit.end - edit.start);
  if (span.end <= edit.start && !(span.end === edit.start && span.start === span.end)) return span;
  if (span.start >= edit.end) return { ...span, start: span.start + by, end: span.end + by };
  return null;
}

/** The span after the edit with what was written into it; what was cut off at an edge stays off. */
export function stretched(span, edit) {
  const by = edit.added - (edit.end - edit.start);
  const place = (point, isEnd) => {
    if (point < edit.start || (point === edit.start && !isEnd)) return point;
    return point >= edit.end ? point + by : edit.start + edit.added;
  };
  return { ...span, start: place(span.start, false), end: place(span.end, true) };
}

/** Parts after the edit: all text is in one of them, for what is in none would be checked by nobody. */
export function partsAfter(parts, edit, before, after) {
  if (!parts.length || (edit.start === 0 && edit.end === before.length)) return [];
  const kept = parts.map((part) => stretched(part, edit)).filter((part) => part.end > part.start);
  if (!kept.length) return [];
  let reached = 0;
  kept.forEach((part, index) => {
    part.start = Math.max(part.start, reached);
    if (after.slice(reached, part.start).trim()) {
      if (index) kept[index - 1].end = part.start;
      else part.start = reached;
    }
    reached = Math.max(part.end, part.start);
  });
  if (after.slice(reached).trim()) kept[kept.length - 1].end = after.length;
  return kept.filter((part) => part.end > part.start);
}
