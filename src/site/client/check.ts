import { version } from '../../../package.json';
import { type CheckAnswer, type CheckRequest, PASTED, runCheck } from './check-engine.ts';
import { showAnswer } from './check-result.ts';

/** One script for both sides: in a worker it answers, in a page it asks. */
if (typeof document === 'undefined') {
  addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
    runCheck(data, (progress) => postMessage({ progress })).then(
      (answer) => postMessage({ answer }),
      (error: unknown) => postMessage({ error: error instanceof Error ? error.message : String(error) }),
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
  const result = document.querySelector<HTMLElement>('[data-check-result]');
  const drop = form.querySelector<HTMLElement>('[data-drop]');
  if (!files || !text || !progress || !result || !drop) return;
  form.hidden = false;
  let running = 0;
  const check = async (chosen: readonly File[]): Promise<void> => {
    const run = ++running;
    const say = (words: string) => {
      if (run === running) progress.textContent = words;
    };
    const inputs = await Promise.all(chosen.map(async (file) => ({ name: nameOf(file), bytes: new Uint8Array(await file.arrayBuffer()) })));
    if (text.value.trim()) inputs.push({ name: PASTED, bytes: new TextEncoder().encode(text.value) });
    if (inputs.length === 0) return say('Choose or drop a file, or paste something first.');
    say('Reading …');
    try {
      const answer = await ask(await requestOf(form, inputs), form.dataset.worker ?? '', say);
      if (run !== running) return;
      showAnswer(result, answer, form.dataset.site ?? './');
      say('');
      result.focus();
    } catch (error) {
      say(`The check failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void check([...(files.files ?? [])]);
  });
  files.addEventListener('change', () => void check([...(files.files ?? [])]));
  for (const name of ['dragover', 'dragleave', 'drop'] as const) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
      if (name === 'drop') void check([...(event.dataTransfer?.files ?? [])]);
    });
  }
}

async function requestOf(form: HTMLFormElement, inputs: CheckRequest['inputs']): Promise<CheckRequest> {
  const { index = '', indexScript, packages, site = './' } = form.dataset;
  return {
    inputs,
    format: form.querySelector<HTMLSelectElement>('#check-format')?.value ?? '',
    asOf: form.querySelector<HTMLInputElement>('#check-as-of')?.value ?? '',
    index: indexScript ? await embeddedIndex(indexScript) : new URL(index, document.baseURI).href,
    packages: packages ? new URL(packages, document.baseURI).href : undefined,
    site: new URL(site, document.baseURI).href,
    version,
  };
}

/** Asks a worker; where none can be started (a page read from disk), the page answers itself. */
function ask(request: CheckRequest, script: string, onProgress: (text: string) => void): Promise<CheckAnswer> {
  if (location.protocol === 'file:') return runCheck(request, onProgress);
  return new Promise((resolve, reject) => {
    const worker = new Worker(script);
    worker.addEventListener('message', ({ data }: MessageEvent<{ progress?: string; answer?: CheckAnswer; error?: string }>) => {
      if (data.progress) return onProgress(data.progress);
      worker.terminate();
      if (data.answer) resolve(data.answer);
      else reject(new Error(data.error));
    });
    worker.addEventListener('error', (event) => {
      worker.terminate();
      reject(new Error(event.message || 'the worker could not be started'));
    });
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

function nameOf(file: File): string {
  return file.webkitRelativePath || file.name;
}
