// The words for what a report says; the server has them once, for every way of showing a report.

const WORDS = JSON.parse(document.body.dataset.words);

/** A confidence as an estimate in words. */
export function confidenceWords(confidence) {
  return WORDS.confidence.find(([bound]) => confidence >= bound)[1];
}

/** A category for a reader without a glossary. */
export function categoryName(category) {
  return WORDS.categories[category] ?? category.split("/").pop().replaceAll("-", " ");
}

const STATES = {
  ...WORDS.states,
  hidden: "with a hidden alert",
  pending: "changed, being checked",
};

/** The state of a sentence, with the reason where it was not checked. */
export function stateName({ state, reason }) {
  const name = STATES[state] ?? WORDS.verdicts[state];
  return reason ? `${name}: ${reason}` : name;
}

/** Kind, origin and dates of a piece of evidence. */
export function evidenceName({ kind, origin, valid_from: from, valid_until: until }) {
  const dates = (from ? ` from ${from}` : "") + (until ? ` to ${until}` : "");
  return [WORDS.kinds[kind], origin, dates && `valid${dates}`].filter(Boolean).join(", ");
}

/** A number with its noun. */
export function count(number, noun) {
  return number === 1 ? `1 ${noun}` : `${number.toLocaleString("en")} ${noun}s`;
}

/** How many sentences are in which state, in words. */
export function stateCounts(sentences) {
  const counts = new Map();
  for (const { state } of sentences) counts.set(state, (counts.get(state) ?? 0) + 1);
  return ["alert", "hidden", "doubtful", "supported", "unsupported", "not_checked", "pending"]
    .filter((state) => counts.has(state))
    .map((state) => `${counts.get(state)} ${stateName({ state })}`);
}
