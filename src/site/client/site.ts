import { enhanceAsOf } from './as-of.ts';
import { enhanceCopying } from './copy.ts';
import { enhanceFilters } from './filters.ts';
import { enhanceOutline } from './outline.ts';
import { enhanceSearch } from './search-box.ts';

/** What a page gains from JavaScript: searching, filtering, copying, looking back. Everything reads without it. */
const script = document.currentScript;

document.addEventListener('DOMContentLoaded', () => {
  if (script instanceof HTMLScriptElement) enhanceSearch(script.dataset);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-filters]')) enhanceFilters(form);
  enhanceCopying(document);
  enhanceOutline(document);
  enhanceAsOf(document);
});
