import type { AskData } from '../../ask-page.tsx';
import type { ExploreData } from '../../explore/explore-data.ts';
import { loadScript } from '../load-script.ts';

const globals = globalThis as { threatpediaMapOverview?: ExploreData; threatpediaMap?: ExploreData; threatpediaIncidents?: AskData };

/** What something takes beyond the overview. */
export interface Wanted {
  readonly whole: boolean;
  readonly incidents: boolean;
}

/** What the explorer has at hand: what the overview shows comes with the page, the whole map and the incidents to ask for when they are needed. */
export class MapData {
  readonly #wholeAddress: string;
  readonly #incidentsAddress: string;

  /** `addresses`: where the rest is to be had (`data-whole`, `data-incidents`). */
  constructor(addresses: DOMStringMap) {
    this.#wholeAddress = addresses.whole ?? '';
    this.#incidentsAddress = addresses.incidents ?? '';
  }

  /** The most that is at hand; undefined where not even the overview was delivered. */
  get map(): ExploreData | undefined {
    return globals.threatpediaMap ?? globals.threatpediaMapOverview;
  }

  get incidents(): AskData | undefined {
    return globals.threatpediaIncidents;
  }

  /** Gets what is wanted; undefined where it is at hand already. Fails where it cannot be had. */
  need(wanted: Wanted): Promise<void> | undefined {
    const missing = this.#missing(wanted);
    if (missing.length === 0) return undefined;
    return Promise.all(missing.map(loadScript)).then(() => {
      if (this.#missing(wanted).length > 0) throw new Error('a script did not hold what it should');
    });
  }

  #missing({ whole, incidents }: Wanted): string[] {
    return [
      ...(whole && !globals.threatpediaMap ? [this.#wholeAddress] : []),
      ...(incidents && !globals.threatpediaIncidents ? [this.#incidentsAddress] : []),
    ];
  }
}
