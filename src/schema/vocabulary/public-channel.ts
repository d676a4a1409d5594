// provisional
import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const publicChannel = defineVocabulary({
  name: 'public-channel',
  title: 'public-channel',
  definition: '',
  terms: {
    npm: { label: 'npm', definition: '', source: OWN_DEFINITION },
    pypi: { label: 'pypi', definition: '', source: OWN_DEFINITION },
    'crates-io': { label: 'crates-io', definition: '', source: OWN_DEFINITION },
    rubygems: { label: 'rubygems', definition: '', source: OWN_DEFINITION },
    packagist: { label: 'packagist', definition: '', source: OWN_DEFINITION },
    'go-modules': { label: 'go-modules', definition: '', source: OWN_DEFINITION },
    'maven-central': { label: 'maven-central', definition: '', source: OWN_DEFINITION },
    nuget: { label: 'nuget', definition: '', source: OWN_DEFINITION },
    'docker-hub': { label: 'docker-hub', definition: '', source: OWN_DEFINITION },
    'github-actions': { label: 'github-actions', definition: '', source: OWN_DEFINITION },
    'github-releases': { label: 'github-releases', definition: '', source: OWN_DEFINITION },
    'vscode-marketplace': { label: 'vscode-marketplace', definition: '', source: OWN_DEFINITION },
    'open-vsx': { label: 'open-vsx', definition: '', source: OWN_DEFINITION },
    'chrome-web-store': { label: 'chrome-web-store', definition: '', source: OWN_DEFINITION },
    'firefox-addons': { label: 'firefox-addons', definition: '', source: OWN_DEFINITION },
    'wordpress-plugins': { label: 'wordpress-plugins', definition: '', source: OWN_DEFINITION },
    'jetbrains-marketplace': { label: 'jetbrains-marketplace', definition: '', source: OWN_DEFINITION },
  },
});
