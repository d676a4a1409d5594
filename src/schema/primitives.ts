import { z } from 'zod';
import { isPlaceholderHash } from '../base/hash.ts';
import { cites, claimText } from './evidence.ts';
import { edtf, line, packageUrl, slug, term, uniqueList, webUrl, withCode } from './fields.ts';
import { accountControl } from './vocabulary/account-control.ts';
import { accountKind } from './vocabulary/account-kind.ts';
import { buildSystemKind } from './vocabulary/build-system-kind.ts';
import { channelKind } from './vocabulary/channel-kind.ts';
import { componentKind } from './vocabulary/component-kind.ts';
import { indicatorType } from './vocabulary/indicator-type.ts';
import { platform } from './vocabulary/platform.ts';
import { publicChannel } from './vocabulary/public-channel.ts';
import { releaseState } from './vocabulary/release-state.ts';

/**
 * What an incident is made of. Each primitive is declared where it is used and merged across incidents by its natural key: purl, URL,
 * provider:handle, digest, or owner/slug.
 */
const owner = slug('Id of the organization record that owns it. With the id it forms the natural key owner/id.');
const text = claimText.optional();

/** Software as a whole: a package where it has a purl, else owner/id. */
export const component = z
  .strictObject({
    id: slug('Handle within this record; with `owner` the natural key where no purl exists.').optional(),
    kind: term(componentKind, 'What sort of software it is.'),
    name: line('Its own name.', 200).optional(),
    owner: owner.optional(),
    purl: packageUrl(
      'Package URL without version, where a purl type exists for it (packages, GitHub Actions, images, extensions).',
    ).optional(),
    listedAs: uniqueList(
      line('A name.', 200),
      'Other names under which inventories of installed software list it. Case, spaces and punctuation do not matter.',
    ).optional(),
    bundleId: line('Application identifier on its platform: macOS bundle id, Windows product name, extension id.', 200).optional(),
    platforms: uniqueList(term(platform, 'A platform it runs on.'), 'Platforms it runs on.').optional(),
    text,
    cites,
  })
  .superRefine((value, context) => {
    if (value.purl) return;
    const missing = (['id', 'name', 'owner'] as const).filter((field) => value[field] === undefined);
    if (missing.length > 0) {
      context.addIssue({ code: 'custom', ...withCode('missing-field', `a component without purl needs ${missing.join(' and ')}`) });
    }
  })
  .meta({
    id: 'component',
    title: 'Component',
    description: 'A package, application, CI action, script, image or other piece of software that the incident touched.',
  });

const versionText = z
  .string({
    error: (issue) =>
      typeof issue.input === 'number'
        ? `expected a text, got the number ${issue.input}; quote it: "${issue.input}" — YAML reads 1.10 as 1.1`
        : undefined,
  })
  .min(1)
  .max(120)
  .regex(/^\S(?:[^\n\r]*\S)?$/, 'expected a version on one line')
  .meta({
    description: 'A version, exactly as published, as a quoted text: YAML reads an unquoted 1.10 as 1.1.',
    examples: ['18.12.416', '4.1.1'],
  });

const versRange = (description: string) =>
  z
    .string()
    .regex(/^vers:[a-z][a-z0-9.+-]*\/.+$/, 'expected a version range such as vers:npm/>=1.0.0|<1.2.3')
    .max(500)
    .meta({ description, examples: ['vers:npm/>=1.0.0|<1.2.3'] });

/** One release, or several that share every fact. */
export const release = z
  .strictObject({
    component: line('Id or purl of a component of this record.', 1024),
    version: versionText.optional(),
    versions: uniqueList(versionText, 'Several versions of which all of the following holds.').optional(),
    range: versRange('A version range in VERS notation, only where sources name no single versions.').optional(),
    platform: term(platform, 'The platform of this build, where versions differ by platform.').optional(),
    published: edtf('When it became available.').optional(),
    withdrawn: edtf('When it was removed from its channel.').optional(),
    state: term(releaseState, 'What the release is.'),
    text,
    cites,
  })
  .superRefine((value, context) => {
    const given = (['version', 'versions', 'range'] as const).filter((field) => value[field] !== undefined);
    if (given.length !== 1) {
      const message =
        given.length === 0 ? 'a release needs `version`, `versions` or `range`' : `a release takes one of ${given.join(', ')}, not several`;
      context.addIssue({ code: 'custom', ...withCode('missing-field', message) });
    }
  })
  .meta({ id: 'release', title: 'Release', description: 'A published version of a component and what became of it.' });

/** Exposure without a version: a script host, a moved tag, a hosted installer. */
export const exposureWindow = z
  .strictObject({
    component: line('Id or purl of a component of this record.', 1024),
    reference: line('The tag, branch, address or file name that was bad during the window.', 300).optional(),
    range: versRange('The tags that were bad during the window, where they were many.').optional(),
    from: edtf('Start of the exposure, inclusive.'),
    to: edtf('End of the exposure, inclusive. Absent where the sources name none.').optional(),
    text,
    cites,
  })
  .meta({
    id: 'window',
    title: 'Exposure window',
    description: 'When something without a version was bad: a CDN script, a moved tag, a hosted installer.',
  });

export const repository = z
  .strictObject({
    id: slug('Handle within this record.'),
    url: webUrl('Address of the repository; its canonical form is the natural key.'),
    text,
    cites,
  })
  .meta({ id: 'repository', title: 'Repository', description: 'A source repository that the incident touched.' });

export const buildSystem = z
  .strictObject({
    id: slug('Handle within this record; with `owner` the natural key.'),
    name: line('What it is called, or what it builds.', 200),
    owner,
    kind: term(buildSystemKind, 'What sort of build system it is.'),
    platforms: uniqueList(term(platform, 'A platform it builds for.'), 'Platforms it builds for.').optional(),
    text,
    cites,
  })
  .meta({ id: 'build-system', title: 'Build system', description: 'Where source becomes an artifact. Never merged between owners.' });

export const distributionChannel = z
  .strictObject({
    id: slug('Handle within this record; with `owner` the natural key.'),
    name: line('What it is called.', 200).optional(),
    owner: owner.optional(),
    shared: term(publicChannel, 'A public channel that many owners share; then neither owner nor name is given.').optional(),
    kind: term(channelKind, 'What sort of channel it is. A page for the kind groups the channels of all owners.'),
    text,
    cites,
  })
  .superRefine((value, context) => {
    if (Boolean(value.shared) === Boolean(value.owner)) {
      context.addIssue({
        code: 'custom',
        ...withCode('missing-field', 'a channel is either `shared` (npm, pypi, …) or has an `owner`, so that two vendors never share one'),
      });
    } else if (value.owner && !value.name) {
      context.addIssue({ code: 'custom', ...withCode('missing-field', 'a vendor’s own channel needs a name') });
    }
  })
  .meta({
    id: 'distribution-channel',
    title: 'Distribution channel',
    description: 'How releases reach users: a registry, a signed update, a download page, a CDN.',
  });

export const account = z
  .strictObject({
    id: slug('Handle within this record.'),
    provider: line('Service the account is with: npm, github, pypi, …', 60).optional(),
    handle: line('Its name there. With the provider the natural key.', 120).optional(),
    owner: owner.optional(),
    kind: term(accountKind, 'What sort of account it is.'),
    control: term(accountControl, 'In whose hands it was.'),
    name: line('What it is called, where it has no handle.', 200).optional(),
    text,
    cites,
  })
  .superRefine((value, context) => {
    const hasHandle = value.provider !== undefined && value.handle !== undefined;
    if (!hasHandle && !(value.owner && value.name)) {
      context.addIssue({ code: 'custom', ...withCode('missing-field', 'an account needs provider and handle, or else owner and name') });
    }
  })
  .meta({ id: 'account', title: 'Account', description: 'An account or credential that the attacker used. The text says what for.' });

const digest = (length: number) =>
  z
    .string()
    .superRefine((value, context) => {
      if (!new RegExp(`^[0-9a-f]{${length}}$`).test(value)) {
        context.addIssue({
          code: 'custom',
          ...withCode('invalid-hash', `expected ${length} lower-case hexadecimal digits, got ${value.length} characters`),
        });
      } else if (isPlaceholderHash(value)) {
        context.addIssue({ code: 'custom', ...withCode('placeholder-hash', 'this digest looks like a placeholder') });
      }
    })
    .meta({ description: `${length} lower-case hexadecimal digits.` });

export const artifact = z
  .strictObject({
    name: line('File name, or what the file is.', 300),
    sha256: digest(64).optional(),
    sha1: digest(40).optional(),
    md5: digest(32).optional(),
    sha512: digest(128).optional(),
    component: line('Id or purl of the component it belongs to.', 1024).optional(),
    version: versionText.optional(),
    platform: term(platform, 'Platform it runs on.').optional(),
    malware: slug('Id of the malware record that it is a sample of.').optional(),
    state: term(releaseState, 'What the file is.'),
    text,
    cites,
  })
  .superRefine((value, context) => {
    if (!value.sha256 && !value.sha1 && !value.md5 && !value.sha512) {
      context.addIssue({
        code: 'custom',
        ...withCode('missing-field', 'an artifact needs at least one digest: sha256, sha1, md5 or sha512'),
      });
    }
  })
  .meta({ id: 'artifact', title: 'Artifact', description: 'A file known by its digest. The natural key is sha256, else sha1, else md5.' });

export const indicator = z
  .strictObject({
    type: term(indicatorType, 'What sort of observable it is.'),
    value: line('Its canonical value, not defanged.', 1024),
    text,
    cites,
  })
  .meta({
    id: 'indicator',
    title: 'Indicator',
    description: 'An observable that sources tie to the incident. Hashes are artifacts, not indicators.',
  });

export const vulnerability = z
  .strictObject({
    id: z
      .string()
      .regex(
        /^(CVE-\d{4}-\d{4,}|GHSA(-[23456789cfghjmpqrvwx]{4}){3}|MAL-\d{4}-\d+|RUSTSEC-\d{4}-\d{4}|PYSEC-\d{4}-\d+)$/,
        'expected a CVE, GHSA, MAL, RUSTSEC or PYSEC id',
      )
      .meta({ description: 'Identifier of the advisory.', examples: ['CVE-2024-3094'] }),
    text,
    cites,
  })
  .meta({ id: 'vulnerability', title: 'Vulnerability', description: 'An advisory id assigned to the incident or exploited in it.' });

export const query = z
  .strictObject({
    language: line('Query language: sigma, kql, spl, shell, yara, sql, osquery, …', 40),
    text: z.string().min(1).max(2000).meta({ description: 'The query, in our own words.' }),
  })
  .meta({ description: 'The query a defender would write.' });

export type Component = z.infer<typeof component>;
export type Release = z.infer<typeof release>;
export type Repository = z.infer<typeof repository>;
export type BuildSystem = z.infer<typeof buildSystem>;
export type DistributionChannel = z.infer<typeof distributionChannel>;
export type Account = z.infer<typeof account>;
export type Artifact = z.infer<typeof artifact>;
export type Indicator = z.infer<typeof indicator>;
