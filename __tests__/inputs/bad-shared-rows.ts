import type { BadRow } from './bad-rows.ts';

const sha = 'a'.repeat(64);

/** Of inputs that all actions have. */
export const badSharedRows: readonly BadRow[] = [
  [
    { scope: 'a\tb' },
    'input "scope": "a\\tb" has control characters; allowed is a name of one line, or leave the input out',
  ],
  [{ mode: 'medium' }, 'input "mode": unknown value "medium"; allowed are max, min'],
  [{ 'pr-export': 'yes' }, 'input "pr-export": unknown value "yes"; allowed are auto, always, never'],
  [
    { 'pr-export': 'always', 'read-only': 'true' },
    'input "pr-export": "always" asks for an export that "read-only: true" forbids; allowed is one of the two',
  ],
  [{ 'tag-export': 'yes' }, 'input "tag-export": "yes" is not a boolean; allowed are true and false'],
  [{ 'read-only': '0' }, 'input "read-only": "0" is not a boolean; allowed are true and false'],
  [{ 'release-import': 'no' }, 'input "release-import": "no" is not a boolean; allowed are true and false'],
  [
    { 'trusted-context': 'yes' },
    'input "trusted-context": "yes" is not a boolean; allowed are true and false',
  ],
  [
    { 'allow-untrusted-export': 'on' },
    'input "allow-untrusted-export": "on" is not a boolean; allowed are true and false',
  ],
  [
    { 'allow-untrusted-export': 'true', 'read-only': 'true' },
    'input "allow-untrusted-export": "true" asks for an export that "read-only: true" forbids; allowed is one of the two',
  ],
  [{ compression: 'lz4' }, 'input "compression": unknown value "lz4"; allowed are auto, gzip, zstd'],
  [
    { compression: 'zstd', gateway: 'false' },
    'input "compression": "zstd" needs the gateway, which "gateway: false" leaves out; allowed is one of the two',
  ],
  [
    { 'compression-level': '0' },
    'input "compression-level": "0" is not a level of zstd; allowed are 1 to 22',
  ],
  [
    { 'compression-level': '3', compression: 'gzip' },
    'input "compression-level": it is the level of zstd, but "compression" says gzip, which has one level; allowed is one of the two',
  ],
  [
    { 'compression-level': '3', gateway: 'false' },
    'input "compression-level": it is the level of zstd, which needs the gateway that "gateway: false" leaves out; allowed is one of the two',
  ],
  [{ gateway: 'maybe' }, 'input "gateway": "maybe" is not a boolean; allowed are true, false, required'],
  [
    { 'drain-timeout': 'soon' },
    'input "drain-timeout": "soon" is not a time; allowed are seconds, or a number with s, m or h: 90, 90s, 10m, 1h',
  ],
  [
    { 'drain-timeout': '1d' },
    'input "drain-timeout": "1d" is not a time; allowed are seconds, or a number with s, m or h: 90, 90s, 10m, 1h',
  ],
  [
    { matrix: '{' },
    `input "matrix": "{" is not a matrix; allowed is a JSON object: leave the input at its default, \${{ toJSON(matrix) }}`,
  ],
  [
    { 'buildkit-version': 'latest' },
    'input "buildkit-version": "latest" is not a version; allowed is vMAJOR.MINOR.PATCH, for example v0.33.1',
  ],
  [
    { 'buildkit-path': '~/bin' },
    'input "buildkit-path": "~/bin" begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and "./~/bin" for a name that begins with "~"',
  ],
  [
    { 'buildkit-sha256': 'abc' },
    'input "buildkit-sha256": "abc" is not a SHA-256; allowed are 64 hexadecimal digits',
  ],
  [
    { 'buildkit-sha256': sha, 'buildkit-path': '/usr' },
    'input "buildkit-sha256": it is the checksum of a download, but "buildkit-path" says to download nothing; allowed is one of the two',
  ],
  [
    { 'buildx-version': 'edge' },
    'input "buildx-version": "edge" is not a version; allowed is vMAJOR.MINOR.PATCH, for example v0.37.2',
  ],
  [
    { 'buildx-path': '~/bin' },
    'input "buildx-path": "~/bin" begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and "./~/bin" for a name that begins with "~"',
  ],
  [
    { 'buildx-sha256': 'abc' },
    'input "buildx-sha256": "abc" is not a SHA-256; allowed are 64 hexadecimal digits',
  ],
  [
    { 'buildx-sha256': sha, 'buildx-path': '/usr' },
    'input "buildx-sha256": it is the checksum of a download, but "buildx-path" says to download nothing; allowed is one of the two',
  ],
  [
    { 'buildkitd-config': '~/buildkitd.toml' },
    'input "buildkitd-config": "~/buildkitd.toml" begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and "./~/buildkitd.toml" for a name that begins with "~"',
  ],
  [
    { 'buildkitd-config-inline': '[worker', endpoint: 'unix:///x' },
    'input "buildkitd-config-inline": it is about a daemon that Hotlayer starts, but "endpoint" names one that runs already, with settings of its own; allowed is one of the two',
  ],
  [
    { 'buildkitd-flags': '--debug "' },
    'input "buildkitd-flags": "--debug \\"" cannot be used: a " is not closed; allowed are other flags of buildkitd, quoted as in a shell, for example --debug --oci-worker-snapshotter=native',
  ],
  [
    { 'buildkitd-flags': '--addr=tcp://0.0.0.0:1' },
    'input "buildkitd-flags": "--addr=tcp://0.0.0.0:1" cannot be used: the daemon listens on a unix socket of the job alone; allowed are other flags of buildkitd, quoted as in a shell, for example --debug --oci-worker-snapshotter=native',
  ],
  [
    { 'buildkitd-env': 'hush' },
    'input "buildkitd-env": an entry is not KEY=VALUE (its text is not shown); allowed is one a line, the key of letters, digits and _',
  ],
  [
    { 'buildkitd-env': 'PATH=/x' },
    'input "buildkitd-env": "PATH" cannot be set: Hotlayer sets it to directories of the job; allowed are other variables',
  ],
  [
    { 'registry-mirrors': 'docker.io=' },
    'input "registry-mirrors": "docker.io=" is not a mirror; allowed is REGISTRY=HOST[:PORT][/PATH], one a line, for example docker.io=mirror.example.com, HOST alone for a mirror of docker.io, and http://HOST for one that speaks plain HTTP',
  ],
  [
    { 'max-parallelism': '0' },
    'input "max-parallelism": "0" is not a number of steps; allowed is a whole number from 1 on, or leave the input out for no limit',
  ],
  [{ 'step-network': 'none' }, 'input "step-network": unknown value "none"; allowed are host, bridge'],
  [
    { 'step-network': 'bridge', rootless: 'true' },
    'input "step-network": "bridge" needs root, and "rootless: true" runs the daemon without, where BuildKit has the runner\'s network only; allowed is one of the two',
  ],
  [{ rootless: 'yes' }, 'input "rootless": "yes" is not a boolean; allowed are true and false'],
  [
    { endpoint: 'builder:1234' },
    'input "endpoint": "builder:1234" is not the address of a BuildKit daemon; allowed are unix:///PATH/OF/SOCKET, tcp://HOST:PORT, docker-container://NAME, ssh://[USER@]HOST[:PORT][/PATH/OF/SOCKET] and kube-pod://POD[?context=…&namespace=…&container=…]',
  ],
  [{ summary: '1' }, 'input "summary": "1" is not a boolean; allowed are true and false'],
  [
    { 'check-annotations': '0' },
    'input "check-annotations": "0" is not a boolean; allowed are true and false',
  ],
  [{ 'no-cache': 'yes' }, 'input "no-cache": "yes" is not a boolean; allowed are true and false'],
  [{ pull: 'always' }, 'input "pull": "always" is not a boolean; allowed are true and false'],
  [{ load: 'yes' }, 'input "load": "yes" is not a boolean; allowed are true and false'],
  [{ push: '1' }, 'input "push": "1" is not a boolean; allowed are true and false'],
  [{ 'push-retries': '11' }, 'input "push-retries": "11" is not a number of retries; allowed are 0 to 10'],
  [
    { provenance: 'max' },
    'input "provenance": "max" is not an attestation: "max" is not key=value; allowed is true, false, or key=value with commas between, for example mode=max',
  ],
  [
    { sbom: 'disabled=no' },
    'input "sbom": "disabled=no" is not an attestation: disabled=no is not a boolean; allowed is true, false, or key=value with commas between, for example generator=IMAGE',
  ],
  [
    { builder: 'mine' },
    'input "builder": "mine" names a builder of docker/setup-buildx-action, and Hotlayer builds with a BuildKit that it starts itself; allowed is to leave it out, or "endpoint" with the address of a BuildKit that runs already',
  ],
  [
    { call: 'check,outline' },
    'input "call": "check,outline" is not a method of a build; allowed are build, check, outline and targets, each also with ,format=json',
  ],
  [
    { call: 'outline', load: 'true' },
    'input "call": "outline" asks about the build and makes no image, which "load: true" needs; allowed is one of the two',
  ],
];
