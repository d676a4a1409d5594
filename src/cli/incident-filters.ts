import { type Command, InvalidArgumentError, Option } from 'commander';
import { getEdtf } from '../base/edtf.ts';
import { channelKind } from '../schema/vocabulary/channel-kind.ts';
import { depth } from '../schema/vocabulary/depth.ts';
import { ecosystem } from '../schema/vocabulary/ecosystem.ts';
import { entryStage } from '../schema/vocabulary/entry-stage.ts';
import { impact } from '../schema/vocabulary/impact.ts';
import { vector } from '../schema/vocabulary/vector.ts';
import { type Vocabulary, valuesOf } from '../schema/vocabulary.ts';

/** The options that narrow a list of incidents, as `IncidentFilter` names them. */
export function addIncidentFilters(command: Command): Command {
  return command
    .option('--year <year>', 'of disclosure, or of first activity where disclosure is unknown', year)
    .addOption(oneOf('--vector <value>', vector))
    .addOption(oneOf('--entry-stage <value>', entryStage))
    .addOption(oneOf('--impact <value>', impact))
    .addOption(oneOf('--ecosystem <value>', ecosystem))
    .addOption(oneOf('--channel-kind <value>', channelKind))
    .addOption(oneOf('--depth <value>', depth))
    .option('--actor <id>', 'named by an attribution claim')
    .option('--text <words>', 'all words occur in the record');
}

function oneOf(flags: string, vocabulary: Vocabulary): Option {
  return new Option(flags, `\`threatpedia explain ${vocabulary.name}\` lists the values`).choices(valuesOf(vocabulary));
}

function year(text: string): string {
  if (!/^\d{4}$/.test(text)) throw new InvalidArgumentError('expected a year such as 2023');
  return getEdtf(text).text;
}
