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

/** A verdict, with the reason where it was not checked. */
export function verdictName({ verdict, reason }) {
  if (verdict === "pending") return "changed, being checked";
  return reason ? `${WORDS.verdicts[verdict]}: ${reason}` : WORDS.verdicts[verdict];
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

/** How many sentences have which verdict, in words. */
export function verdictCounts(sentences) {
  const counts = new Map();
  for (const { verdict } of sentences) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return ["contradicted", "supported", "unsupported", "not_checked", "pending"]
    .filter((verdict) => counts.has(verdict))
    .map((verdict) => `${counts.get(verdict)} ${verdictName({ verdict })}`);
}
