/** Two decimals are enough for a screen, and keep the bytes the same. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
