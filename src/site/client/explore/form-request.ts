import type { MapModel } from '../../explore/map-model.ts';
import { idCalled, nearestName } from './thing-names.ts';

/** What stands in the form of the explorer. */
export interface FormTexts {
  readonly from: string;
  readonly to: string;
  readonly focus: string;
  readonly question: string;
  readonly day: string;
}

/** Parameters of the address that a form changes; empty ones leave it. */
type Changes = Readonly<Record<string, string | readonly string[]>>;

const ELSEWHERE: Changes = { focus: '', open: [], from: '', to: '', view: '' };

/** What a form asks for where the address says `state`: a thing to start at, a path, or a question, which leaves both. A fault where nothing is called so. */
export function requestOf(
  form: FormTexts,
  state: URLSearchParams,
  model: MapModel,
): { readonly changes: Changes } | { readonly fault: string } {
  // What the form was filled with names what the address asks for, though something else may be called so, too.
  const idOf = (name: 'from' | 'to' | 'focus'): string => {
    const current = name === 'focus' ? '' : (state.get(name) ?? '');
    const node = model.find(current);
    return node !== undefined && model.labelOf(node) === form[name] ? current : idCalled(model, form[name]);
  };
  const [from, to, focus] = [idOf('from'), idOf('to'), idOf('focus')];
  const unknown = (
    [
      ['from', from],
      ['to', to],
      ['focus', focus],
    ] as const
  ).flatMap(([name, id]) => (form[name] && !id ? [form[name]] : []));
  if (unknown.length > 0) return { fault: unknown.map((text) => unknownName(model, text)).join('. ') };
  if (!focus && Boolean(from) !== Boolean(to)) return { fault: 'A path has two ends: fill in both' };
  const day = { 'as-of': form.day };
  if (focus) return { changes: { ...ELSEWHERE, ...day, q: '', focus } };
  const isOldPath = from !== '' && from === state.get('from') && to === state.get('to');
  const isQuestion = form.question !== '' && form.question !== state.get('q') && (from === '' || isOldPath);
  if (isQuestion) return { changes: { ...ELSEWHERE, ...day, q: form.question } };
  if (from) return { changes: { ...ELSEWHERE, ...day, q: '', from, to } };
  return { changes: { ...(state.has('from') ? ELSEWHERE : {}), ...day, q: form.question } };
}

function unknownName(model: MapModel, text: string): string {
  const near = nearestName(model, text);
  return `Nothing on this map is called “${text}”${near ? `; did you mean “${near}”?` : ''}`;
}
