import { version } from '../../../package.json';
import { type DayField, readDays } from './check-days.ts';
import { type CheckAnswer, type CheckRequest, PASTED, type PageInput, runCheck } from './check-engine.ts';
import { showAnswer, showFailure } from './check-result.ts';

/** One script for both sides: in a worker it answers, in a page it asks. */
if (typeof document === 'undefined') {
  addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
    runCheck(data, (progress) => postMessage({ progress })).then(
      (answer) => postMessage({ answer }),
      (error: unknown) => postMessage({ error: messageOf(error) }),
    );
  });
} else {
  document.addEventListener('DOMContentLoaded', () => {
    const form = document.querySelector<HTMLFormElement>('form[data-check]');
    if (form) enhanceCheck(form);
  });
}

function enhanceCheck(form: HTMLFormElement): void {
  const files = form.querySelector<HTMLInputElement>('input[type=file]');
  const text = form.querySelector<HTMLTextAreaElement>('textarea');
  const progress = document.querySelector<HTMLElement>('[data-check-progress]');
  const stop = document.querySelector<HTMLButtonElement>('[data-check-stop]');
  const result = document.querySelector<HTMLElement>('[data-check-result]');
  const drop = form.querySelector<HTMLElement>('[data-drop]');
  if (!files || !text || !progress || !stop || !result || !drop) return;
  form.hidden = false;
  let running: AbortController | undefined;

  const check = async (useIndex = true): Promise<void> => {
    running?.abort();
    // What an earlier run found is no answer to this one.
    result.replaceChildren();
    const inputs: PageInput[] = [...(files.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, data: file }));
    if (text.value.trim()) inputs.push({ name: PASTED, data: new Blob([text.value]) });
    if (inputs.length === 0) {
      progress.textContent = 'Choose or drop a file, or paste something first.';
      return;
    }
    const days = daysIn(form);
    if (!days) {
      progress.textContent = '';
      return;
    }
    const run = new AbortController();
    running = run;
    stop.hidden = false;
    progress.textContent = 'Reading …';
    try {
      const request = { ...(await requestOf(form, inputs, useIndex)), ...days };
      const answer = await ask(request, form.dataset.worker ?? '', run.signal, (words) => {
        if (!run.signal.aborted) progress.textContent = words;
      });
      if (run.signal.aborted) return;
      showAnswer(result, answer, form.dataset.site ?? './');
    } catch (error) {
      if (run.signal.aborted) return;
      showFailure(result, messageOf(error), useIndex && form.dataset.packages ? () => void check(false) : undefined);
    }
    progress.textContent = '';
    stop.hidden = true;
    result.focus();
  };

  stop.addEventListener('click', () => {
    running?.abort();
    stop.hidden = true;
    progress.textContent = 'Stopped: nothing was compared.';
    form.querySelector<HTMLButtonElement>('[type=submit]')?.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void check();
  });
  files.addEventListener('change', () => {
    if (files.files?.length) void check();
  });
  // A file that misses the box would replace the page.
  for (const name of ['dragover', 'dragleave', 'drop'] as const) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
      if (name !== 'drop') return;
      // As if they had been chosen, so that “Check” checks them again.
      files.files = event.dataTransfer.files;
      void check();
    });
  }
}

/** The days of the form; undefined where a field holds none, which is then said beside it. */
function daysIn(form: HTMLFormElement): Pick<CheckRequest, 'asOf' | 'installedBetween'> | undefined {
  const fieldOf = (id: DayField) => form.querySelector<HTMLInputElement>(`#${id}`);
  const textOf = (id: DayField) => fieldOf(id)?.value ?? '';
  const days = readDays({ 'check-as-of': textOf('check-as-of'), 'check-from': textOf('check-from'), 'check-to': textOf('check-to') });
  const faults = 'faults' in days ? days.faults : {};
  let first: HTMLInputElement | undefined;
  for (const id of ['check-from', 'check-to', 'check-as-of'] as const) {
    const [field, said] = [fieldOf(id), form.querySelector<HTMLElement>(`#${id}-fault`)];
    if (!field || !said) continue;
    const fault = faults[id];
    said.hidden = fault === undefined;
    said.textContent = fault ?? '';
    if (fault === undefined) field.removeAttribute('aria-invalid');
    else {
      field.setAttribute('aria-invalid', 'true');
      field.closest('details')?.setAttribute('open', '');
      first ??= field;
    }
  }
  first?.focus();
  return 'faults' in days ? undefined : days;
}

async function requestOf(
  form: HTMLFormElement,
  inputs: CheckRequest['inputs'],
  useIndex: boolean,
): Promise<Omit<CheckRequest, 'asOf' | 'installedBetween'>> {
  const { index = '', indexScript, packages, site = './' } = form.dataset;
  return {
    inputs,
    format: form.querySelector<HTMLSelectElement>('#check-format')?.value ?? '',
    index: indexScript ? await embeddedIndex(indexScript) : new URL(index, document.baseURI).href,
    packages: packages && useIndex ? new URL(packages, document.baseURI).href : undefined,
    site: new URL(site, document.baseURI).href,
    version,
  };
}

/** Asks a worker, which ends with the signal; where none can be started (a page read from disk), the page answers itself. */
async function ask(request: CheckRequest, script: string, signal: AbortSignal, onProgress: (text: string) => void): Promise<CheckAnswer> {
  signal.throwIfAborted();
  if (location.protocol === 'file:') return runCheck(request, onProgress);
  return new Promise((resolve, reject) => {
    // A worker from an address has only the policy that comes with its script, on many hosts none; one from a blob has that of this page.
    const start = new Blob([`importScripts(${JSON.stringify(new URL(script, document.baseURI).href)})`], { type: 'text/javascript' });
    const address = URL.createObjectURL(start);
    const worker = new Worker(address);
    const end = (settle: () => void) => {
      worker.terminate();
      URL.revokeObjectURL(address);
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(new Error('stopped'))));
    worker.addEventListener('message', ({ data }: MessageEvent<{ progress?: string; answer?: CheckAnswer; error?: string }>) => {
      const { progress, answer, error } = data;
      if (progress) onProgress(progress);
      else end(() => (answer ? resolve(answer) : reject(new Error(error))));
    });
    worker.addEventListener('error', (event) => end(() => reject(new Error(event.message || 'the worker could not be started'))));
    worker.postMessage(request);
  });
}

/** From disk nothing can be fetched: the index comes as a script that sets one global. */
function embeddedIndex(address: string): Promise<Uint8Array> {
  const shared = globalThis as { threatpediaIndex?: string };
  const decode = () => Uint8Array.from(atob(shared.threatpediaIndex ?? ''), (character) => character.charCodeAt(0));
  if (shared.threatpediaIndex) return Promise.resolve(decode());
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => resolve(decode()));
    script.addEventListener('error', () => reject(new Error(`${address} could not be loaded`)));
    document.head.append(script);
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
