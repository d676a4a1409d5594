import { asOfControl } from './as-of-control.ts';
import { pastDays } from './day.ts';
import { loadScript } from './load-script.ts';
import type { MeasuresModule } from './measures.tsx';

declare global {
  var threatpediaMeasures: MeasuresModule | undefined;
}

/** The control "as known on" of the page of statistics. What measures, and what is measured, load with the first day that is chosen. */
export function enhanceStatistics(page: Document): void {
  const host = page.querySelector<HTMLElement>('.statistics > [data-as-of]');
  const place = page.querySelector<HTMLElement>('[data-measures]');
  const days = pastDays(host?.dataset.days?.split(' ') ?? []);
  if (!host || !place || days.length === 0) {
    host?.remove();
    return;
  }
  const today = [...place.childNodes];
  const { code = '', data = '' } = place.dataset;
  asOfControl(host, days, async (day, isChosen) => {
    if (day === undefined) {
      if (place.firstChild !== today[0]) place.replaceChildren(...today);
      return '';
    }
    await Promise.all([loadScript(code), loadScript(data)]);
    return isChosen() ? (globalThis.threatpediaMeasures?.showAsOf(place, day) ?? '') : '';
  });
}
