/**
 * Values that sources often print beside malicious ones and that nobody should block: public resolvers, and hosts that carry the whole
 * world’s code. A URL or path on such a host is a fine indicator; the bare host is not.
 */
const BENIGN_HOSTS = new Set([
  'github.com',
  'api.github.com',
  'raw.githubusercontent.com',
  'gist.github.com',
  'gitlab.com',
  'bitbucket.org',
  'npmjs.com',
  'npmjs.org',
  'yarnpkg.com',
  'pypi.org',
  'pythonhosted.org',
  'files.pythonhosted.org',
  'rubygems.org',
  'crates.io',
  'packagist.org',
  'nuget.org',
  'docker.io',
  'unpkg.com',
  'cdn.jsdelivr.net',
  'cdnjs.cloudflare.com',
  'cloudflare.com',
  'google.com',
  'google-analytics.com',
  'googletagmanager.com',
  'microsoft.com',
  'windowsupdate.com',
  'apple.com',
  'amazonaws.com',
  'telegram.org',
  'discord.com',
  'webhook.site',
  'pastebin.com',
  'localhost',
]);

const BENIGN_ADDRESSES = new Set([
  '8.8.8.8',
  '8.8.4.4',
  '1.1.1.1',
  '1.0.0.1',
  '9.9.9.9',
  '127.0.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
]);

/** Whether an indicator of this type and value would hurt bystanders. */
export function isBenignIndicator(type: string, value: string): boolean {
  const bare = value.toLowerCase().replace(/\.$/, '');
  if (type === 'domain') return BENIGN_HOSTS.has(bare) || BENIGN_HOSTS.has(bare.replace(/^(www|registry)\./, ''));
  if (type === 'ipv4' || type === 'ipv6')
    return BENIGN_ADDRESSES.has(bare) || /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe80:)/.test(bare);
  if (type === 'url')
    return /^https?:\/\/[^/]+\/?$/.test(bare) && isBenignIndicator('domain', bare.replace(/^https?:\/\//, '').replace(/\/$/, ''));
  return false;
}
