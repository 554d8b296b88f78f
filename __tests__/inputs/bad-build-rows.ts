import type { BadRow } from './bad-rows.ts';

const levels = 'manifest, index, manifest-descriptor, index-descriptor';
const annotation = `allowed is key=value, or level:key=value with a level of ${levels}`;
const limits =
  'core, cpu, data, fsize, locks, memlock, msgqueue, nice, nofile, nproc, rss, rtprio, rttime, sigpending, stack';
const limit = `allowed is name=soft[:hard] with a name of ${limits}, for example nofile=1024:1024`;
const host = 'allowed is host:address or host=address, for example docker:10.180.0.1';
const context = 'allowed is name=<directory|Git URL|docker-image://…|oci-layout://…>, one a line';
const size = 'allowed is a number of bytes, or one with k, m, g or t, for example 2g';
const call = 'allowed are build, check, outline and targets, each also with ,format=json';
const cache = 'allowed is type=<registry|local|s3|azblob|inline>[,key=value…], one a line';

/** Of inputs that only the main action has, and of contradictions of them. */
export const badBuildRows: readonly BadRow[] = [
  [
    { 'secrets-yaml': 'hush' },
    'input "secrets-yaml": its text is not an object; allowed is an object of id to value, for example "NPM_TOKEN: abc", where a value of several lines stands behind "|"',
  ],
  [
    { context: 'https://github.com/acme/app' },
    'input "context": "https://github.com/acme/app" is not a Git URL: an http(s) address must end in .git (archives by URL are not supported); allowed is https://host/owner/repository.git, ssh://…, git://… or git@host:owner/repository.git, with an optional #ref[:directory] or ?ref=…&subdir=…',
  ],
  [
    { file: '~/Dockerfile' },
    'input "file": "~/Dockerfile" begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and "./~/Dockerfile" for a name that begins with "~"',
  ],
  [{ target: 'a b' }, 'input "target": "a b" has white space; allowed is the name of a stage'],
  [
    { 'build-args': '=x' },
    'input "build-args": "=x" is not a build arg; allowed is KEY=VALUE, or KEY alone to take the value from the environment, one a line',
  ],
  [
    { secrets: 'A=1\nhunter2' },
    'input "secrets": entry 2 is not a secret (its text is not shown); allowed is id=value, one a line, the id of letters, digits, _, . and -, the whole entry quoted with "…" when the value spans lines',
  ],
  [
    { tags: 'ghcr.io/Acme/app' },
    'input "tags": "ghcr.io/Acme/app" is not an image tag: its name "Acme/app" has upper-case letters; allowed is [registry/]name[:tag] with a lower-case name, for example ghcr.io/acme/app:1.0',
  ],
  [{ labels: '=x' }, 'input "labels": "=x" is not a label; allowed is key=value, one a line'],
  [{ 'add-hosts': 'docker' }, `input "add-hosts": "docker" is not a host with its address; ${host}`],
  [{ 'add-hosts': ':1.2.3.4' }, `input "add-hosts": ":1.2.3.4" is not a host with its address; ${host}`],
  [{ 'add-hosts': 'a:1.2.3' }, `input "add-hosts": "a:1.2.3" is not a host with its address; ${host}`],
  [
    { 'add-hosts': 'a:host-gateway' },
    'input "add-hosts": "a:host-gateway" asks for "host-gateway", which only Docker\'s own BuildKit knows; allowed is an address: steps that share the runner\'s network reach the runner as 127.0.0.1',
  ],
  [
    { allow: 'network' },
    'input "allow": unknown entitlement "network"; allowed are network.host, security.insecure, device, buildx.local.delete, and device=NAME',
  ],
  [{ annotations: 'a' }, `input "annotations": "a" is not an annotation: it is not key=value; ${annotation}`],
  [
    { annotations: 'image:a=b' },
    `input "annotations": "image:a=b" is not an annotation: unknown level "image"; ${annotation}`,
  ],
  [
    { annotations: 'index[banana]:a=b' },
    `input "annotations": "index[banana]:a=b" is not an annotation: unknown platform "banana"; ${annotation}`,
  ],
  [
    { attests: 'generator=a' },
    'input "attests": "generator=a" is not an attestation: it has no type; allowed is type=<sbom|provenance>[,key=value…], one a line',
  ],
  [
    { attests: 'type=sbom,yes' },
    'input "attests": "type=sbom,yes" is not an attestation: "yes" is not key=value; allowed is type=<sbom|provenance>[,key=value…], one a line',
  ],
  [
    { provenance: 'max' },
    'input "provenance": "max" is not an attestation: "max" is not key=value; allowed is true, false, or key=value with commas between, for example mode=max',
  ],
  [
    { sbom: 'disabled=no' },
    'input "sbom": "disabled=no" is not an attestation: disabled=no is not a boolean; allowed is true, false, or key=value with commas between, for example generator=IMAGE',
  ],
  [
    { 'build-contexts': 'alpine' },
    `input "build-contexts": "alpine" is not a context with its name; ${context}`,
  ],
  [{ 'build-contexts': '=x' }, `input "build-contexts": "=x" is not a context with its name; ${context}`],
  [{ 'build-contexts': 'a=' }, `input "build-contexts": the context "a" is empty; ${context}`],
  [
    { 'build-contexts': 'a=https://x:hunter2@host/r.git' },
    'input "build-contexts": the address of "a" holds credentials, which would end up in logs; allowed is an address without, and a GIT_AUTH_TOKEN secret',
  ],
  [
    { builder: 'mine' },
    'input "builder": "mine" names a builder of docker/setup-buildx-action, and Hotlayer builds with a BuildKit that it starts itself; allowed is to leave it out, or "endpoint" with the address of a BuildKit that runs already',
  ],
  [{ call: 'check,a=b' }, `input "call": "check,a=b" is not a method of a build; ${call}`],
  [{ call: 'check,outline' }, `input "call": "check,outline" is not a method of a build; ${call}`],
  [{ call: 'format=json' }, `input "call": "format=json" is not a method of a build; ${call}`],
  [
    { call: 'check', push: 'true', tags: 'a' },
    'input "call": "check" asks about the build and makes no image, which "push: true" needs; allowed is one of the two',
  ],
  [
    { call: 'outline', load: 'true' },
    'input "call": "outline" asks about the build and makes no image, which "load: true" needs; allowed is one of the two',
  ],
  [{ 'cache-from': 'type=' }, `input "cache-from": an entry has no type; ${cache}`],
  [{ 'cache-to': 'type=s3,key' }, `input "cache-to": a part of an entry is not key=value; ${cache}`],
  [
    { 'cache-to': 'type=inline', 'read-only': 'true' },
    'input "cache-to": it asks for an export that "read-only: true" forbids; allowed is one of the two',
  ],
  [
    { 'cache-to': 'type=registry,ref=a/b', compression: 'zstd' },
    'input "compression": "zstd" exports the cache as a registry\'s, which BuildKit could not tell from type=registry in "cache-to"; allowed is one of the two',
  ],
  [{ load: 'yes' }, 'input "load": "yes" is not a boolean; allowed are true and false'],
  [
    { platforms: 'linux/amd64,linux/arm64', outputs: 'type=docker,dest=x' },
    'input "platforms": an image of several platforms (linux/amd64, linux/arm64) cannot be in a type=docker archive; allowed is "type=oci" in "outputs" in its place',
  ],
  [
    { sbom: 'true', outputs: 'type=docker,dest=x' },
    'input "sbom": a list of the software cannot be in a type=docker archive; allowed is "type=oci" in "outputs" in its place',
  ],
  [{ network: 'bridge' }, 'input "network": unknown value "bridge"; allowed are default, none, host'],
  [
    { 'no-cache': 'true', 'no-cache-filters': 'a' },
    'input "no-cache-filters": "no-cache: true" runs every step, so there is nothing to filter; allowed is one of the two',
  ],
  [
    { 'no-cache-filters': 'a b' },
    'input "no-cache-filters": "a b" has white space; allowed is the name of a stage',
  ],
  [
    { 'secret-envs': 'A=ACTIONS_RUNTIME_TOKEN' },
    'input "secret-envs": "ACTIONS_RUNTIME_TOKEN" is a credential of the runner and never goes into a build; allowed is any other variable',
  ],
  [
    { 'secret-envs': 'A=B\nhunter2' },
    'input "secret-envs": entry 2 is not the name of a secret (its text is not shown); allowed is id=VARIABLE, one a line or comma separated, with the name of a variable of the step\'s environment',
  ],
  [
    { 'secret-files': 'A=x\nB hunter2=x' },
    'input "secret-files": entry 2 is not the file of a secret (its text is not shown); allowed is id=path, one a line, the id of letters, digits, _, . and -, the path from the workspace or absolute',
  ],
  [{ 'shm-size': 'large' }, `input "shm-size": "large" is not a size; ${size}`],
  [{ 'shm-size': '-1' }, `input "shm-size": "-1" is not a size; ${size}`],
  [{ 'shm-size': '2x' }, `input "shm-size": "2x" is not a size; ${size}`],
  [
    { ssh: 'default,default=/k' },
    'input "ssh": id "default" is given twice; allowed is once, with several keys as default=key1,key2 in quotes',
  ],
  [{ ulimit: 'nofile' }, `input "ulimit": "nofile" is not a limit; ${limit}`],
  [{ ulimit: 'files=1' }, `input "ulimit": "files=1" is not a limit: unknown limit "files"; ${limit}`],
  [{ ulimit: 'nofile=1:2:3' }, `input "ulimit": "nofile=1:2:3" is not a limit; ${limit}`],
  [
    { ulimit: 'nofile=2:1' },
    'input "ulimit": "nofile=2:1" has a soft limit above its hard limit; allowed is name=soft[:hard] with the soft limit below or equal',
  ],
  [
    { 'check-annotations': '0' },
    'input "check-annotations": "0" is not a boolean; allowed are true and false',
  ],
  [
    { outputs: 'type=docker,dest=' },
    'input "outputs": "type=docker,dest=" is not an output: type=docker needs dest=<path>; allowed is type=<image|registry|local|tar|oci|docker|cacheonly>[,key=value…], one a line',
  ],
];
