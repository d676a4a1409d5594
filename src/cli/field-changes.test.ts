import { expect, test } from 'vitest';
import { fieldChanges } from './field-changes.ts';

/** A patch of one file. */
function patch(...hunks: readonly string[]): string {
  return `diff --git a/x.yaml b/x.yaml\nindex 1..2 100644\n--- a/x.yaml\n+++ b/x.yaml\n${hunks.join('\n')}\n`;
}

test.each([
  ['@@ -9 +9 @@ disclosed:\n-  date: 2023-03-29\n+  date: 2023-03-30', ['disclosed: 2023-03-29 → 2023-03-30']],
  [
    '@@ -9,0 +10,4 @@ references:\n+  - id: a\n+    url: https://a.example/\n+  - id: b\n+    url: https://b.example/',
    ['references: 2 added'],
  ],
  ['@@ -9,2 +8,0 @@ indicators:\n-  - type: domain\n-    value: a.example', ['indicators: 1 removed']],
  ['@@ -9 +9,2 @@ aliases:\n-  - One\n+  - one\n+  - two', ['aliases: 1 added, others changed']],
  ['@@ -5 +5 @@ summary:\n-status: suspected\n+status: confirmed', ['status: suspected → confirmed']],
  ['@@ -5 +5 @@ status: confirmed\n-vectors: [a]\n+vectors: [a, b]', ['vectors: changed']],
  ['@@ -5,0 +6,2 @@ status: confirmed\n+firstPublicWarning:\n+  date: 2020-01-01', ['first public warning: added']],
  ['@@ -6,2 +5,0 @@ status: confirmed\n-contained:\n-  date: 2020-01-01', ['contained: removed']],
  ['@@ -5,0 +6,2 @@ status: confirmed\n+aliases:\n+  - One', ['aliases: 1 added']],
  ['@@ -2 +2 @@ summary:\n-  text: An intruder\n+  text: Somebody', ['summary: text changed']],
  [
    '@@ -7,0 +8 @@ references:\n+    published: 2020\n@@ -9 +10,2 @@ references:\n-    title: One\n+    title: one\n+    published: 2021',
    ['references: title changed, published added (2)'],
  ],
  ['@@ -7 +7 @@ impact:\n-      went on: so\n+      went on', ['impact: changed']],
  ['@@ -5,0 +6 @@ path:\n+  # why the third hop is unknown', []],
  ['@@ -9 +9 @@ impact:\n-    - {ref: a}\n\\ No newline at end of file\n+    - {ref: b}', ['impact: cites changed']],
])('%s', (hunk, expected) => {
  expect(fieldChanges(patch(hunk)).get('x.yaml')).toEqual(expected);
});

test('a line that looks like the head of a patch is a line of the record; files stand apart; many fields are counted', () => {
  const many = Array.from({ length: 9 }, (_, index) => `@@ -${index} +${index} @@ field${'abcdefghi'[index]}:\n-  - x y\n+  - y x`);
  const two = `${patch('@@ -1 +1 @@ title: X\n--- a/other.yaml\n+++ b/other.yaml')}${patch(...many).replaceAll('x.yaml', 'y.yaml')}`;
  const found = fieldChanges(two);
  expect([...found.keys()]).toEqual(['x.yaml', 'y.yaml']);
  expect(found.get('y.yaml')?.slice(-2)).toEqual(['fielde: changed', '4 more fields']);
});
