import { citedStatements } from '../schema/claims.ts';
import { plainText } from '../schema/link-markup.ts';
import type { CorpusRecord } from '../schema/record.ts';
import type { RuleFault } from './record-rules.ts';

/** Sentences of a claim, and words of a sentence, beyond which a reader loses the thread. */
const MAX_SENTENCES = 3;
const MAX_WORDS = 60;

/** Words that rouse instead of tell. In quotation marks they are somebody's, and stand. */
const ALARM =
  /\b(alarming(?:ly)?|brazen(?:ly)?|catastroph(?:e|ic(?:ally)?)|chilling(?:ly)?|cunning(?:ly)?|devastat(?:ed|ing(?:ly)?)|dramatic(?:ally)?|frightening(?:ly)?|game[- ]chang(?:er|ing)|infamous(?:ly)?|insidious(?:ly)?|massive(?:ly)?|nefarious(?:ly)?|nightmare|notorious(?:ly)?|shocking(?:ly)?|staggering(?:ly)?|terrifying(?:ly)?|unprecedented|wreak(?:ed|ing)? havoc)\b/i;

/** Words of advice. They belong to lessons and detection notes, which cite what teaches them. */
const ADVICE =
  /\b(it is (?:recommended|advisable|essential|crucial)|(?:we|organi[sz]ations|users|developers|teams) (?:should|must|need to)|make sure|be sure to)\b/i;
const MAY_ADVISE: ReadonlySet<string> = new Set(['defensiveLessons', 'detectionNotes']);

/** Where the prose of a record is not how an encyclopedia tells: too long, rousing, or advising. Warnings. */
export function proseFaults(record: CorpusRecord): RuleFault[] {
  return citedStatements(record).flatMap(({ path, text }) =>
    text === undefined
      ? []
      : faultsOf(text, String(path[0])).map((fault) => ({ code: 'prose-style' as const, path: [...path, 'text'], ...fault })),
  );
}

function faultsOf(text: string, field: string): { message: string; fix: string }[] {
  const faults: { message: string; fix: string }[] = [];
  const plain = plainText(text);
  const own = plain.replace(/“[^”]*”|"[^"]*"/g, '“”');
  const sentences = sentencesOf(plain);
  if (sentences.length > MAX_SENTENCES) {
    faults.push({
      message: `expected at most ${MAX_SENTENCES} sentences, found ${sentences.length}`,
      fix: 'make it two claims, each with its citations',
    });
  }
  const long = sentences.find((sentence) => sentence.split(/\s+/).length > MAX_WORDS);
  if (long)
    faults.push({
      message: `a sentence of ${long.split(/\s+/).length} words: “${long.slice(0, 60)}…”`,
      fix: `keep sentences to ${MAX_WORDS} words`,
    });
  const alarm = ALARM.exec(own)?.[0];
  if (alarm)
    faults.push({
      message: `“${alarm}” rouses instead of telling`,
      fix: 'give the number or fact that it stands for, or quote who said it',
    });
  const advice = MAY_ADVISE.has(field) ? undefined : ADVICE.exec(own)?.[0];
  if (advice) faults.push({ message: `“${advice}” is advice`, fix: 'move it to `defensiveLessons`, or tell who advised it' });
  return faults;
}

/** Sentences of a text. Abbreviations and version numbers end none: an end is followed by a space and a capital letter. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]["”)]?)\s+(?=[“"(]?\p{Lu})/u).filter(Boolean);
}
