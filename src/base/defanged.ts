/** An observable that no program makes a link of: `hxxps://example[.]org/a.js`, `user[@]example[.]org`. Digests and paths stay as they are. */
export function defanged(value: string): string {
  const [, scheme = '', user = '', host = '', rest = ''] =
    /^(https?:\/\/)?(?:([^\s@:/?#]+)@)?([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)([:/?#].*)?$/.exec(value) ?? [];
  return host ? `${scheme.replace('http', 'hxxp')}${user && `${user}[@]`}${host.replaceAll('.', '[.]')}${rest}` : value;
}
