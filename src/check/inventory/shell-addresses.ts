import type { NetworkIdentity } from '../identity.ts';
import { readUrl } from './network-address.ts';
import { readObservable } from './observable.ts';

const URLS = /(?:https?|wss?|ftp):\/\/[^\s"'`<>()|;\\^{}]+/gi;
/** Commands that are given an address, with or without scheme. */
const FETCHES = /(?<![\w./-])(?:curl|wget|aria2c|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)(?:\.exe)?(?=\s)/i;
/** Words of files that a command writes or sends; no domain ends so. */
const FILE_ENDING =
  /^[^/]*\.(?:asc|bin|conf|crt|css|deb|exe|gz|html?|ini|jar|js|json|key|log|pem|php|ps1|py|rpm|sh|tar|tgz|txt|xml|xz|ya?ml|zip)$/i;
/** The rest of a longer script is not searched. */
export const MAX_SCRIPT = 200_000;

/**
 * Addresses in the text of a shell script: URLs wherever they stand, and what stands without scheme behind a command that fetches (`curl -s
 * codecov.io/bash`). What is made by variables or expressions is none, or ends where these begin.
 */
export function shellAddresses(script: string): NetworkIdentity[] {
  const found = new Map<string, NetworkIdentity>();
  for (const line of script.slice(0, MAX_SCRIPT).split('\n')) {
    if (/^\s*#/.test(line)) continue;
    const rest = line.replace(URLS, (url) => {
      const identity = readUrl(fixedPart(url));
      if (identity) found.set(identity.value, identity);
      return ' ';
    });
    const fetch = FETCHES.exec(rest);
    if (!fetch) continue;
    for (const word of rest.slice(fetch.index + fetch[0].length).split(/[\s"'`<>()|;&]+/)) {
      if (word.length > 2_048 || !/^[a-z0-9][\w.-]*\.[\w.-]+(?::\d+)?(?:\/|$)/i.test(word) || FILE_ENDING.test(word)) continue;
      const identity = readObservable(fixedPart(word));
      if (identity) found.set(identity.value, identity);
    }
  }
  return [...found.values()];
}

/** An address up to the first variable, without the punctuation of a sentence. */
function fixedPart(address: string): string {
  return address.replace(/\$.*$/, '').replace(/[.,:\]]+$/, '');
}
