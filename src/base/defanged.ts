/** An observable that no program makes a link of: `hxxps://example[.]org/a.js`. Digests and paths stay as they are. */
export function defanged(value: string): string {
  const [, scheme = '', host = '', rest = ''] = /^(https?:\/\/)?([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)([:/?#].*)?$/.exec(value) ?? [];
  return host ? `${scheme.replace('http', 'hxxp')}${host.replaceAll('.', '[.]')}${rest}` : value;
}
