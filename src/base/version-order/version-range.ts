// PLACEHOLDER until the real file is written
export function satisfiesRequested(_type: string, _version: string, _requested: string): boolean | undefined {
  return undefined;
}
export function versRangeIncludes(_vers: string, _version: string): boolean | undefined {
  return undefined;
}
