const EMPTY_FILE = new Set([
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
]);

/** Whether the digest can only be a placeholder: a repeated short pattern, a counting run, or the digest of an empty file. */
export function isPlaceholderHash(digest: string): boolean {
  if (EMPTY_FILE.has(digest)) return true;
  if (/^(.{1,8})\1+$/.test(digest) || new Set(digest).size <= 4) return true;
  return /0123456789abcdef|abcdef0123456789|abcdef1234567890|1234567890abcdef|deadbeefdeadbeef/.test(digest);
}
