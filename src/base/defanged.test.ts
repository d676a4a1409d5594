import { expect, test } from 'vitest';
import { defanged } from './defanged.ts';

test.each([
  ['https://example.org/a.js?b=1.2', 'hxxps://example[.]org/a.js?b=1.2'],
  ['http://1.2.3.4:8080/', 'hxxp://1[.]2[.]3[.]4:8080/'],
  ['someone@example.com', 'someone[@]example[.]com'],
  ['some.one+a@mail.example.com', 'some.one+a[@]mail[.]example[.]com'],
  ['@scope/package', '@scope/package'],
  ['evil.example.com', 'evil[.]example[.]com'],
  ['~/.local/share/kitty/cat.py', '~/.local/share/kitty/cat.py'],
  ['62ee164b9b306250c1172583f138c9614139264f889fa99614903c12755468d0', '62ee164b9b306250c1172583f138c9614139264f889fa99614903c12755468d0'],
])('%s is defanged as %s', (value, expected) => {
  expect(defanged(value)).toBe(expected);
});
