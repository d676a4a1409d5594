import { parseActionReference } from './action-reference.ts';
import { downloadedPackage } from './download-address.ts';
import { imageComponent, parseImageReference } from './image-reference.ts';
import { asList, asRecord, asText, decodeText, entriesOf, field, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, type Place, UnreadableInput } from './inventory.ts';
import { addressComponent } from './network-address.ts';
import { MAX_SCRIPT, shellAddresses } from './shell-addresses.ts';
import { shellInstalls } from './shell-installs.ts';
import { parseYamlWithLines, type YamlDocument } from './yaml-lines.ts';

/**
 * Workflows and actions of GitHub Actions: what they use, the images they run in, and what their scripts (`run`) name: addresses, and packages that they install
 * (https://docs.github.com/actions/reference/workflow-syntax-for-github-actions, https://docs.github.com/actions/reference/metadata-syntax-for-github-actions).
 */
export const githubWorkflow: InventoryFormat = {
  id: 'github-workflow',
  title: 'GitHub Actions workflow or action',
  types: ['github', 'docker', 'npm', 'pypi', 'gem', 'cargo', 'golang'],
  parse: parseGithubWorkflow,
};

function parseGithubWorkflow(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UnreadableInput('expected a workflow or an action, found an empty file');
  const document = parseYamlWithLines(text);
  const jobs = field(document.value, 'jobs');
  const runs = field(document.value, 'runs');
  if (!asRecord(jobs) && !asRecord(runs)) throw new UnreadableInput('expected a workflow with jobs or an action with runs, found neither');
  const reader = new WorkflowReader(document);
  for (const [name, job] of entriesOf(jobs)) reader.readJob(name, job, jobs);
  if (asRecord(runs)) reader.readRuns(runs);
  return { components: reader.components, skipped: reader.skipped.list() };
}

class WorkflowReader {
  readonly components: FoundComponent[] = [];
  readonly skipped = new SkipCounter();
  readonly #document: YamlDocument;
  /** Aliases show the same object in many places: each is read once. */
  readonly #read = new Set<unknown>();
  /** Addresses and packages of scripts, each once. */
  readonly #named = new Set<string>();

  constructor(document: YamlDocument) {
    this.#document = document;
  }

  readJob(name: string, job: unknown, jobs: unknown): void {
    if (this.#isRead(job)) return;
    if (!asRecord(job)) {
      this.skipped.addNotUnderstood('job that is no mapping', name, this.#at(jobs, name));
      return;
    }
    this.#readUses(job);
    this.#readSteps(job);
    this.#readContainer(job, 'container');
    const services = field(job, 'services');
    if (!this.#isRead(services)) for (const [service] of entriesOf(services)) this.#readContainer(services, service);
  }

  /** `runs` of an action: steps of a composite one, the image of a Docker one. */
  readRuns(runs: unknown): void {
    this.#readSteps(runs);
    const image = field(runs, 'image');
    if (image === undefined) return;
    const name = asText(image);
    if (name?.startsWith('docker://')) this.#readImage(name.slice('docker://'.length), this.#at(runs, 'image'));
    else this.skipped.add('image built from a file of the action', name, this.#at(runs, 'image'));
  }

  #readSteps(holder: unknown): void {
    const steps = field(holder, 'steps');
    if (steps === undefined || this.#isRead(steps)) return;
    if (!Array.isArray(steps)) this.skipped.addNotUnderstood('steps that are no list', undefined, this.#at(holder, 'steps'));
    for (const step of asList(steps)) {
      if (this.#isRead(step)) continue;
      if (asRecord(step)) {
        this.#readUses(step);
        this.#readScript(step);
      } else this.skipped.addNotUnderstood('step that is no mapping', asText(step), this.#at(holder, 'steps'));
    }
  }

  #readScript(step: unknown): void {
    const script = asText(field(step, 'run'));
    if (script === undefined) return;
    const at = this.#at(step, 'run');
    if (script.length > MAX_SCRIPT) this.skipped.addNotUnderstood(`rest of a script beyond ${MAX_SCRIPT} characters`, undefined, at);
    for (const identity of shellAddresses(script)) {
      if (!this.#isFirst(identity.value)) continue;
      this.#add({ ...addressComponent(identity, at), relation: 'direct' }, at);
      const held = identity.type === 'url' ? downloadedPackage(identity.value) : undefined;
      if (held === 'unread') this.skipped.addNotUnderstood('address of an archive that names no package', identity.value, at);
      else if (held) this.#add({ ...held, relation: 'direct' }, at);
    }
    const { components, skipped } = shellInstalls(script);
    for (const component of components) {
      const { identity, version, requested, source } = component;
      if (this.#isFirst(JSON.stringify([identity, version, requested, source]))) this.#add(component, at);
    }
    for (const { reason, example } of skipped) this.skipped.add(reason, example, at);
  }

  #isFirst(name: string): boolean {
    const isFirst = !this.#named.has(name);
    this.#named.add(name);
    return isFirst;
  }

  #readContainer(holder: unknown, key: string): void {
    const container = field(holder, key);
    if (container === undefined || this.#isRead(container)) return;
    const image = asText(container) ?? asText(field(container, 'image'));
    const at = asRecord(container) ? this.#at(container, 'image') : this.#at(holder, key);
    if (image === undefined) this.skipped.add('container without an image', key, at);
    else this.#readImage(image.replace(/^docker:\/\//, ''), at);
  }

  #readUses(holder: unknown): void {
    const uses = field(holder, 'uses');
    if (uses === undefined) return;
    const at = this.#at(holder, 'uses');
    const reference = asText(uses)?.trim();
    if (reference === undefined) this.skipped.addNotUnderstood('uses that is no text', undefined, at);
    else if (/^\.{1,2}(?:[/\\]|$)/.test(reference)) this.skipped.add('action or workflow of the repository itself', reference, at);
    else if (reference.startsWith('docker://')) this.#readImage(reference.slice('docker://'.length), at);
    else this.#readAction(reference, at);
  }

  #readAction(reference: string, at: Place): void {
    const action = parseActionReference(reference);
    if (action) this.#add(action, at);
    else if (reference.includes('${{')) this.skipped.add('reference made by an expression', reference, at);
    else this.skipped.addNotUnderstood('reference that is no owner/repository@ref', reference, at);
  }

  #readImage(reference: string, at: Place): void {
    const image = parseImageReference(reference.trim());
    if (image) this.#add(imageComponent(image, at), at);
    else if (reference.includes('${{')) this.skipped.add('image made by an expression', reference, at);
    else this.skipped.addNotUnderstood('image that is no image reference', reference, at);
  }

  #add(component: Omit<FoundComponent, 'at'>, at: Place): void {
    if (this.components.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} uses`, at);
    this.components.push({ ...component, at });
  }

  #at(mapping: unknown, key: string): Place {
    const line = this.#document.lineOf(mapping, key);
    return line === undefined ? {} : { line };
  }

  #isRead(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    if (this.#read.has(value)) return true;
    this.#read.add(value);
    return false;
  }
}
