/** The members with which every CycloneDX 1.6 document of ours begins (https://cyclonedx.org/docs/1.6/json/). */
export function cyclonedxHead({ version, timestamp, properties = [], licenses }: CyclonedxMaker): object {
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      ...(timestamp ? { timestamp } : {}),
      tools: { components: [{ type: 'application', name: 'threatpedia', version }] },
      ...(licenses ? { licenses } : {}),
      ...(properties.length > 0 ? { properties } : {}),
    },
  };
}

/** Who made a document, when, and what else it says of itself. */
interface CyclonedxMaker {
  /** Version of this software. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string | undefined;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly licenses?: readonly object[];
}
