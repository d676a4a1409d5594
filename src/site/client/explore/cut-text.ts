/** Texts cut to the room that there is, as the canvas measures them: once for each room and font. */
export class CutTexts {
  readonly #known = new Map<string, string>();

  cut(context: CanvasRenderingContext2D, text: string, width: number): string {
    const key = `${context.font} ${Math.round(width)} ${text}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const cut = measured(context, text, width);
    if (this.#known.size > MOST_CUT_TEXTS) this.#known.clear();
    this.#known.set(key, cut);
    return cut;
  }
}

const MOST_CUT_TEXTS = 20_000;

function measured(context: CanvasRenderingContext2D, text: string, width: number): string {
  const { width: whole } = context.measureText(text);
  if (whole <= width) return text;
  for (let length = Math.floor((text.length * width) / whole); length > 0; length--) {
    const cut = `${text.slice(0, length).trimEnd()}…`;
    if (context.measureText(cut).width <= width) return cut;
  }
  return '';
}

/** A text cut to about the room that there is, where nothing can be measured. */
export function fitText(text: string, width: number, size: number): string {
  const most = Math.floor(width / (size * 0.575));
  return text.length <= most ? text : most < 2 ? '' : `${text.slice(0, most - 1)}…`;
}
