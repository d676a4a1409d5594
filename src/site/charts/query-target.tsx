import type { Child } from 'hono/jsx';
import type { Crosstab } from '../../statistics/measure.ts';
import { round } from './round.ts';

/** The address of the list that a query narrows; undefined where there is no query for it. */
export type QueryLink = (query: string | undefined) => string | undefined;

/** A target smaller than this in pixels is hard to hit (WCAG 2.2, 2.5.8); then the table alone links. */
export const SMALLEST_TARGET = 24;

interface QueryTargetProps {
  readonly href: string | undefined;
  readonly label: string;
  /** What can be hit. */
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly children?: Child;
}

/** A part of a picture that leads to its incidents; where there is no address, the part alone. */
export function QueryTarget({ href, label, area, children }: QueryTargetProps) {
  if (!href) return <>{children}</>;
  return (
    <g class="chart-linked">
      {children}
      <a href={href} aria-label={label}>
        <rect x={round(area.x)} y={round(area.y)} width={round(area.width)} height={round(area.height)} fill="none" pointer-events="all" />
      </a>
    </g>
  );
}

/** A row of a crosstab in words. */
export function rowText({ rows }: Crosstab, index: number): string {
  const { label = '', incidents = 0 } = rows[index] ?? {};
  return `${label}: ${incidents} ${incidents === 1 ? 'incident' : 'incidents'}`;
}
