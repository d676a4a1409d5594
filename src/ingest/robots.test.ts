import { describe, expect, test } from 'vitest';
import { parseRobots } from './robots.ts';

const allows = (text: string, path: string) => parseRobots(text, 'threatpedia').allows(path);

describe('robots.txt (RFC 9309)', () => {
  test.each([
    ['nothing said', '', '/a', true],
    ['all forbidden', 'User-agent: *\nDisallow: /', '/a', false],
    ['an empty rule forbids nothing', 'User-agent: *\nDisallow:', '/a', true],
    ['a group of its own counts alone', 'User-agent: *\nDisallow: /\n\nUser-agent: Threatpedia\nDisallow: /private', '/a', true],
    ['and is read in any case and with a version', 'User-agent: THREATPEDIA/1.0\nDisallow: /', '/a', false],
    ['a group of its own without rules allows all', 'User-agent: *\nDisallow: /\nUser-agent: threatpedia\nAllow:', '/a', true],
    ['two names share a group', 'User-agent: other\nUser-agent: threatpedia\nDisallow: /x', '/x/y', false],
    [
      'two groups of one name are one',
      'User-agent: threatpedia\nDisallow: /a\nUser-agent: b\nDisallow: /\nUser-agent: threatpedia\nDisallow: /c',
      '/c',
      false,
    ],
    ['another’s group does not count', 'User-agent: other\nDisallow: /', '/a', true],
    ['the longest pattern decides', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['of equal ones the one that allows', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['a star stands for anything', 'User-agent: *\nDisallow: /*.gif', '/x/y.gif?z', false],
    ['a dollar for the end', 'User-agent: *\nDisallow: /*.gif$', '/x/y.gif?z', true],
    ['a dollar for the end, met', 'User-agent: *\nDisallow: /*.gif$', '/a.gif/b.gif', false],
    ['a dollar without a star', 'User-agent: *\nDisallow: /$', '/a', true],
    ['the very root', 'User-agent: *\nDisallow: /$', '/', false],
    [
      'remarks and odd lines are passed over',
      '# hi\nSitemap: https://example.com/s\nUser-agent: * # all\nDisallow: /a # no\nnonsense',
      '/a',
      false,
    ],
    ['percent-encoding is compared as one', 'User-agent: *\nDisallow: /caf%c3%a9', '/café', false],
    ['old line ends', 'User-agent: *\rDisallow: /a\r', '/a', false],
  ])('%s', (_, text, path, expected) => {
    expect(allows(text, path)).toBe(expected);
  });

  test('patterns of many stars take no long time', () => {
    expect(allows(`User-agent: *\nDisallow: /${'*a'.repeat(900)}b`, `/${'a'.repeat(100_000)}`)).toBe(true);
  });
});
