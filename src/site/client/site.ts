import { enhanceAsOf } from './as-of.ts';
import { enhanceCitations } from './cite-cards.ts';
import { enhanceCopying } from './copy.ts';
import { enhanceOutline } from './outline.ts';
import { enhanceSearch } from './search-box.ts';
import { enhanceStatistics } from './statistics-as-of.ts';

/** What a page gains from JavaScript: searching, copying, looking back. Everything reads without it. */
const script = document.currentScript;

document.addEventListener('DOMContentLoaded', () => {
  if (script instanceof HTMLScriptElement) enhanceSearch(script.dataset);
  enhanceCopying(document);
  enhanceOutline(document);
  enhanceAsOf(document);
  enhanceStatistics(document);
  enhanceCitations(document);
});
