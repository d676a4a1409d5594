/** How long a browser has to begin saving, in milliseconds. */
const HELD = 10_000;

/** Offers a file to the reader under a name, as a link with `download` does. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), HELD);
}
