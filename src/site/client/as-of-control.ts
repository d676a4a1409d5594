import { dayIn, parseDay } from './day.ts';

/**
 * The control "as known on", put into `host`: a day to choose, a slider through `days` (YYYY-MM-DD, the earliest first), and a button that plays them. The day
 * stands in the address (`?as-of=2024-03-30`). `show` is called with the day, or undefined for today, at once and on each change; what it gives is told beside.
 * Where it takes time, it is asked to look whether the day is still the chosen one before it shows it.
 */
export function asOfControl(
  host: HTMLElement,
  days: readonly string[],
  show: (day: string | undefined, isChosen: () => boolean) => string | Promise<string>,
): void {
  const page = host.ownerDocument;
  const form = page.createElement('form');
  form.className = 'as-of';
  form.innerHTML = `<label for="as-of-day">As known on</label> <input id="as-of-day" class="day" type="text" autocomplete="off" placeholder="YYYY-MM-DD" maxlength="10">
<small aria-hidden="true">${days[0]}</small> <input type="range" min="0" max="${days.length - 1}" step="1" aria-label="Day, by when sources appeared"> <small aria-hidden="true">${days.at(-1)}</small>
<button type="button" data-play>Play</button> <button type="button" data-today>Today</button> <span role="status"></span>`;
  host.append(form);
  host.hidden = false;
  const date = form.querySelector('.day') as HTMLInputElement;
  const range = form.querySelector('input[type=range]') as HTMLInputElement;
  const play = form.querySelector('[data-play]') as HTMLButtonElement;
  const today = form.querySelector('[data-today]') as HTMLButtonElement;
  const status = form.querySelector('[role=status]') as HTMLElement;
  let timer: ReturnType<typeof setInterval> | undefined;
  let choices = 0;

  const choose = (day: string | undefined, note = ''): void => {
    date.value = day ?? '';
    const reached = day ? days.findLastIndex((known) => known <= day) : days.length - 1;
    range.value = String(Math.max(0, reached));
    range.setAttribute('aria-valuetext', day ?? 'today');
    today.disabled = day === undefined;
    const choice = ++choices;
    const isChosen = () => choice === choices;
    const told = show(day, isChosen);
    const tell = (text: string): void => {
      if (isChosen()) status.textContent = [note, text].filter(Boolean).join(' ');
    };
    if (typeof told === 'string') tell(told);
    else {
      tell('Loading …');
      told.then(tell, () => tell('What was known then could not be loaded.'));
    }
    const address = new URL(location.href);
    if (day) address.searchParams.set('as-of', day);
    else address.searchParams.delete('as-of');
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = 'Play';
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  date.addEventListener('change', () => {
    stop();
    const asked = dayIn(date);
    if (asked) choose(asked.day, asked.note);
  });
  range.addEventListener('input', () => {
    stop();
    choose(days[Number(range.value)]);
  });
  today.addEventListener('click', () => {
    stop();
    choose(undefined);
  });
  play.addEventListener('click', () => {
    if (timer) return stop();
    let at = today.disabled || Number(range.value) >= days.length - 1 ? -1 : Number(range.value);
    play.textContent = 'Pause';
    const step = (): void => {
      at++;
      choose(days[at]);
      if (at >= days.length - 1) stop();
    };
    step();
    timer = setInterval(step, 900);
  });

  const text = new URLSearchParams(location.search).get('as-of') ?? '';
  const asked = parseDay(text);
  if ('day' in asked) choose(asked.day, asked.note);
  else {
    choose(undefined, `${asked.fault}. This is what is known today.`);
    date.value = text;
  }
}
