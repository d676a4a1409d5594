import type { Child } from 'hono/jsx';
import type { PageFrame } from './components/layout.tsx';
import type { View } from './view.ts';

/** One HTML page: where it stands, what its frame says, and what is in it. Rendered when written, so that no two pages are held at once. */
export interface Page {
  /** Relative to the site's root, with trailing slash; '' for the home page; a name ending in `.html` for a single file. */
  readonly address: string;
  frame(view: View): PageFrame;
  content(view: View): Child;
  /** Left out of the sitemap. */
  readonly unlisted?: boolean;
}
