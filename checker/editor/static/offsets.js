// The server counts Unicode code points, JavaScript counts UTF-16 units. This is the one place where they meet.

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/;

/** Two functions, from code points of `text` to UTF-16 units and back. Places beyond the end are those of the end. */
export function converters(text) {
  if (!ASTRAL.test(text)) return { toUnits: (place) => place, toPoints: (place) => place };
  const units = []; // code point -> unit
  const points = new Uint32Array(text.length + 1); // unit -> code point; the second half of a pair counts as the next
  let unit = 0;
  for (const character of text) {
    points[unit] = units.length;
    if (character.length === 2) points[unit + 1] = units.length + 1;
    units.push(unit);
    unit += character.length;
  }
  points[unit] = units.length;
  units.push(unit);
  return {
    toUnits: (place) => units[Math.min(place, units.length - 1)],
    toPoints: (place) => points[Math.min(place, text.length)],
  };
}

/** A span of code points as one of units: `{...thing, start, end}`. */
export function inUnits(thing, { toUnits }) {
  return { ...thing, start: toUnits(thing.start), end: toUnits(thing.end) };
}

/** A span of units as one of code points. */
export function inPoints(thing, { toPoints }) {
  return { ...thing, start: toPoints(thing.start), end: toPoints(thing.end) };
}

/** A text as a field of the page keeps it, CRLF and CR as LF; `place` leads from its units to those of the new one. */
export function asInField(text) {
  const dropped = Array.from(text.matchAll(/\r\n/g), ({ index }) => index); // carriage returns, ascending
  const place = (unit) => {
    let low = 0;
    let high = dropped.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (dropped[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return unit - low;
  };
  return { text: text.replaceAll(/\r\n?/g, "\n"), place };
}

/** Halves of characters, which no server can read, become U+FFFD; the length in units stays. */
export function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
