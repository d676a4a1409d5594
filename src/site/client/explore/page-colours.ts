/** Colours of the page that the map is drawn in. */
export interface Colours {
  readonly paper: string;
  readonly raise: string;
  readonly ink: string;
  readonly soft: string;
  readonly rule: string;
  readonly link: string;
  readonly bad: string;
  readonly badGround: string;
}

/** Where an element that nobody sees can hold each colour, so that all are asked for at once. */
const HOLDERS = {
  paper: 'color',
  raise: 'backgroundColor',
  ink: 'borderTopColor',
  soft: 'borderRightColor',
  rule: 'borderBottomColor',
  link: 'borderLeftColor',
  bad: 'outlineColor',
  badGround: 'textDecorationColor',
} as const satisfies Record<keyof Colours, keyof CSSStyleDeclaration>;

/** The colours of the page as they are now: a canvas knows no custom properties. */
export function coloursOf(canvas: HTMLCanvasElement): Colours {
  const probe = document.createElement('i');
  probe.hidden = true;
  canvas.after(probe);
  const entries = Object.entries(HOLDERS);
  for (const [name, holder] of entries) probe.style[holder] = `var(--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)})`;
  const styles = getComputedStyle(probe);
  const colours = Object.fromEntries(entries.map(([name, holder]) => [name, styles[holder]]));
  probe.remove();
  return colours as unknown as Colours;
}
