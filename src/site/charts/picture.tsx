import type { Child } from 'hono/jsx';
import { INK, PAPER, RULE, SOFT } from './paint.tsx';

/** A picture that can be drawn at any width: one for a desk, one for a phone, one to take away. */
export interface Picture {
  /** What is seen, in one or two sentences, for those who do not see it. */
  readonly description: string;
  /** Draws at a width in pixels. `id` begins every id within; `links` says whether what is drawn may lead somewhere. */
  draw(frame: { readonly width: number; readonly id: string; readonly links: boolean }): { readonly height: number; readonly body: Child };
  /** The picture holds links, which a picture in one piece may not. */
  readonly linked?: boolean;
}

export const WIDE = 760;
export const NARROW = 328;
const SANS = 'system-ui, Segoe UI, Roboto, Helvetica Neue, DejaVu Sans, sans-serif';

interface PictureProps {
  readonly id: string;
  readonly title: string;
  readonly picture: Picture;
  readonly width: number;
  readonly form: 'wide' | 'narrow';
}

/** A picture within a page. Its colours come from the style sheet. */
export function PictureSvg({ id, title, picture, width, form }: PictureProps) {
  const own = `${id}-${form}`;
  const { height, body } = picture.draw({ width, id: own, links: true });
  return (
    <svg
      class={`chart ${form}`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role={picture.linked ? 'group' : 'img'}
      aria-labelledby={`${own}-title ${own}-desc`}
      font-size="12"
    >
      <title id={`${own}-title`}>{title}</title>
      <desc id={`${own}-desc`}>{picture.description}</desc>
      {body}
    </svg>
  );
}

const PAD = 20;
const HEAD = 50;
const FOOT = 30;

/** A picture as a file of its own: with title, unit, source and its own colours. */
export function pictureFile(props: { id: string; title: string; unit: string; picture: Picture; source: string }): string {
  const { id, title, unit, picture, source } = props;
  const { height, body } = picture.draw({ width: WIDE, id, links: false });
  const [fullWidth, fullHeight] = [WIDE + 2 * PAD, height + 2 * PAD + HEAD + FOOT];
  const svg = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${fullWidth} ${fullHeight}`}
      width={fullWidth}
      height={fullHeight}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
      font-family={SANS}
      font-size="12"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{picture.description}</desc>
      <rect width={fullWidth} height={fullHeight} fill={PAPER} />
      <text x={PAD} y={PAD + 14} font-size="18" font-weight="600" fill={INK}>
        {title}
      </text>
      <text x={PAD} y={PAD + 34} font-size="12.5" fill={SOFT}>
        {unit}
      </text>
      <g transform={`translate(${PAD} ${PAD + HEAD})`}>{body}</g>
      <text x={PAD} y={fullHeight - PAD + 4} font-size="11" fill={SOFT}>
        {source}
      </text>
    </svg>
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg.toString()}\n`;
}

/** Attributes of text in a picture. */
export const inkText = { class: 'chart-ink', fill: INK } as const;
export const softText = { class: 'chart-soft', fill: SOFT } as const;
export const ruleLine = { class: 'chart-rule', stroke: RULE, fill: 'none' } as const;
