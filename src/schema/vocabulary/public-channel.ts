import { defineVocabulary, OWN_DEFINITION } from '../vocabulary.ts';

export const publicChannel = defineVocabulary({
  name: 'public-channel',
  title: 'Public channel',
  definition: 'Channels that many owners share. A record names them without an owner; all incidents through one meet there.',
  terms: {
    npm: { label: 'npm registry', definition: 'The public registry of npm.', source: OWN_DEFINITION },
    pypi: { label: 'PyPI', definition: 'The Python Package Index.', source: OWN_DEFINITION },
    'crates-io': { label: 'crates.io', definition: 'The registry of Rust crates.', source: OWN_DEFINITION },
    rubygems: { label: 'RubyGems.org', definition: 'The registry of Ruby gems.', source: OWN_DEFINITION },
    packagist: { label: 'Packagist', definition: 'The registry of Composer packages.', source: OWN_DEFINITION },
    'go-modules': { label: 'Go modules', definition: 'Module proxies and origins for Go.', source: OWN_DEFINITION },
    'maven-central': { label: 'Maven Central', definition: 'The central repository for JVM artifacts.', source: OWN_DEFINITION },
    nuget: { label: 'NuGet Gallery', definition: 'The registry of .NET packages.', source: OWN_DEFINITION },
    'docker-hub': { label: 'Docker Hub', definition: 'The container registry of Docker.', source: OWN_DEFINITION },
    'github-actions': {
      label: 'GitHub Actions references',
      definition: 'Actions that workflows fetch from GitHub by name and reference.',
      source: OWN_DEFINITION,
    },
    'github-releases': { label: 'GitHub releases', definition: 'Release files attached to GitHub repositories.', source: OWN_DEFINITION },
    'vscode-marketplace': { label: 'VS Code Marketplace', definition: 'The marketplace for Visual Studio Code.', source: OWN_DEFINITION },
    'open-vsx': { label: 'Open VSX Registry', definition: 'The registry run by the Eclipse Foundation.', source: OWN_DEFINITION },
    'chrome-web-store': { label: 'Chrome Web Store', definition: 'Google’s store for extensions.', source: OWN_DEFINITION },
    'firefox-addons': { label: 'addons.mozilla.org', definition: 'Mozilla’s store for extensions.', source: OWN_DEFINITION },
    'wordpress-plugins': { label: 'WordPress.org plugins', definition: 'The plugin directory of WordPress.org.', source: OWN_DEFINITION },
    'jetbrains-marketplace': { label: 'JetBrains Marketplace', definition: 'The plugin marketplace of JetBrains.', source: OWN_DEFINITION },
  },
});
