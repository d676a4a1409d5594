/** A confidence of ours on the scales of others. */
interface ConfidenceScales {
  /** STIX 2.1, appendix A: low, medium and high as numbers. */
  readonly stix: number;
  /** MISP’s `estimative-language:confidence-in-analytic-judgment`: the same three words of ICD 203. */
  readonly estimative: string;
  /**
   * Credibility on the Admiralty scale. High is 2, probably true, not 1: ours may rest on one good source, 1 asks for independent ones. Low is 4, doubtful,
   * not 5: thin information does not make a thing improbable.
   */
  readonly admiralty: string;
}

/** The one table from which numbers and codes of uncertainty are derived. A confidence that is not stated is on no scale. */
export const CONFIDENCE_SCALES: Readonly<Record<string, ConfidenceScales | undefined>> = {
  high: { stix: 85, estimative: 'high', admiralty: '2' },
  moderate: { stix: 50, estimative: 'moderate', admiralty: '3' },
  low: { stix: 15, estimative: 'low', admiralty: '4' },
};
