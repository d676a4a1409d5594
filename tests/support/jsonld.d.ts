/** What is used of the library, which ships no types. */
declare module 'jsonld' {
  interface CanonizeOptions {
    readonly algorithm: 'RDFC-1.0';
    readonly format: 'application/n-quads';
    /** What has no meaning is an error instead of being dropped. */
    readonly safe: boolean;
    readonly documentLoader: (url: string) => Promise<never>;
  }
  const jsonld: { canonize(document: object, options: CanonizeOptions): Promise<string> };
  export default jsonld;
}
