/** Whether a test holds for one of the parts at least: true wins, then what is not known (Kleene's logic). */
export function anyOf<Part>(parts: readonly Part[], test: (part: Part) => boolean | undefined): boolean | undefined {
  const results = parts.map(test);
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

/** Whether a test holds for all of the parts: what is not known wins, because a part that cannot be read makes the whole one that cannot. */
export function everyOf<Part>(parts: readonly Part[], test: (part: Part) => boolean | undefined): boolean | undefined {
  const results = parts.map(test);
  return results.includes(undefined) ? undefined : !results.includes(false);
}
