/** A record without fault, small enough to read, that the seeded faults mutate. File: incidents/2024/example.yaml. */
export const BASE_RECORD = `schema: incident/1
id: SC-2024-EXAMPLE
title: Example package published with a backdoor
summary:
  text: A release of the example package carried a backdoor.
  cites: [vendor]
status: confirmed
depth: indexed
aliases: [example backdoor]
firstObserved:
  date: 2024-03-01
  cites: [vendor]
firstPublicWarning:
  date: 2024-03-05
  cites: [researcher]
disclosed:
  date: 2024-03-06
  cites: [vendor]
ecosystems: [npm]
vectors: [publisher-account-takeover]
impacts: [backdoor]
entryStage: publish
sourceArtifactDivergence:
  value: unknown
  why: Nobody compared the two.
confidence: high
evidenceLevel: primary-confirmed
timeline:
  - date: 2024-03-01
    title: Release published
    text: The release appeared.
    cites: [vendor]
  - date: 2024-03-05
    title: First warning
    text: A researcher warned.
    cites: [researcher]
components:
  - kind: package
    id: example
    purl: pkg:npm/example
    cites: [vendor]
releases:
  - component: example
    version: "1.10"
    published: 2024-03-01
    withdrawn: 2024-03-05
    state: malicious
    cites: [{ ref: vendor, anchors: ["1.10"] }]
windows:
  - component: example
    from: 2024-03-01
    to: 2024-03-05
    cites: [vendor]
distributionChannels:
  - id: registry
    shared: npm
    kind: public-package-registry
    cites: [vendor]
accounts:
  - id: publisher
    provider: npm
    handle: somebody
    kind: registry-publisher
    control: compromised
    cites: [vendor]
artifacts:
  - name: example-1.10.tgz
    sha256: 59e1edf4d82fae4978e97512b0331b7eb21dd4b838b850ba46794d9c7a2c0983
    component: example
    state: malicious
    cites: [researcher]
indicators:
  - type: domain
    value: evil.example.com
    cites: [researcher]
vulnerabilities:
  - id: CVE-2024-0001
    cites: [vendor]
attribution:
  unknown:
    why: No source names anybody.
path:
  - id: published
    stage: publish
    via: publisher
    state: compromised
    text: The account published the release.
    cites: [vendor]
  - stage: deliver
    via: registry
    after: [published]
    state: abused
    text: The registry delivered it.
    cites: [vendor]
techniques:
  - id: T1195.002
    name: Compromise Software Supply Chain
    cites: [vendor]
conflicts:
  - field: day of publication
    values:
      - value: "2024-03-01"
        cites: [vendor]
      - value: "2024-03-02"
        cites: [researcher]
    text: The two differ by a day.
references:
  - id: vendor
    title: Security advisory
    publisher: Example
    url: https://example.com/advisory
    published: 2024-03-06
    kind: primary
  - id: researcher
    title: What we found
    publisher: Researcher
    url: https://research.example.org/found
    published: 2024-03-05
    kind: researcher
`;
