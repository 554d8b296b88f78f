/** A workflow of docs/migrate/ that runs without a network. */
export interface Shape {
  readonly name: string;
  /** What the checkout has, beside a directory `rootfs` with a shell; `REGISTRY` in it is the registry. */
  readonly files: Readonly<Record<string, string>>;
  /** Where `rootfs` is, if not at the top. */
  readonly rootfs?: string;
  /** Tags in the registry after a push; those of a pull request behind them. */
  readonly tags: readonly string[];
  readonly pullRequest?: true;
  /** How many counts of steps its log has, where it is not one. */
  readonly counts?: number;
  /** How many of them are of a step that finds the build of an earlier one of its job. */
  readonly found?: number;
  /** Wants a Docker engine. */
  readonly engine?: true;
  /** Is for GitHub Enterprise Server, and runs on a server of another name than GitHub's. */
  readonly server?: 'enterprise';
  /** Is run a second time, for which the others are too much alike; with HOTLAYER_WHOLE_MATRIX=1 all are. */
  readonly again?: true;
}

const plain = 'FROM scratch\nCOPY rootfs/ /\nRUN echo built > /built\n';
/** Of the secrets NPM_TOKEN and SENTRY_TOKEN. */
export const passwords = { npm: 'npm_hunter2', sentry: 'sentry-hunter2' } as const;

const toTarget = (name: string): string => `target "${name}" {
  inherits = ["base"]
  args = { NAME = "${name}" }
  tags = ["REGISTRY/acme/bake-${name}:latest"]
}
`;

/** In the order of the page. */
export const shapes: readonly Shape[] = [
  { name: 'single-image', files: { Dockerfile: plain }, tags: ['app:latest'] },
  { name: 'metadata', files: { Dockerfile: plain }, tags: ['app:main', 'app:sha-1'], pullRequest: true },
  { name: 'pull-request', files: { Dockerfile: plain }, tags: [], pullRequest: true },
  {
    name: 'multi-platform',
    files: {
      Dockerfile: `FROM --platform=$BUILDPLATFORM scratch AS build
COPY rootfs/ /
ARG TARGETPLATFORM
RUN echo "$TARGETPLATFORM" > /platform
FROM scratch
COPY --from=build /platform /platform
`,
    },
    again: true,
    tags: ['app:latest'],
  },
  {
    name: 'matrix',
    files: Object.fromEntries(
      ['api', 'web', 'worker'].map((image) => [
        `docker/${image}.Dockerfile`,
        `${plain}RUN echo ${image} > /name\n`,
      ]),
    ),
    again: true,
    counts: 3,
    tags: ['api:latest', 'web:latest', 'worker:latest'],
  },
  {
    name: 'monorepo',
    files: {
      'services/api/Dockerfile':
        'FROM scratch\nCOPY --from=libs rootfs/ /\nCOPY main /main\nRUN cat /main > /built\n',
      'services/api/main': 'main',
    },
    rootfs: 'libs',
    tags: ['api:latest'],
  },
  {
    name: 'secrets',
    files: {
      Dockerfile: `FROM scratch
COPY rootfs/ /
RUN --mount=type=secret,id=npm_token,required=true test "$(cat /run/secrets/npm_token)" = ${passwords.npm}
RUN --mount=type=secret,id=sentry,env=SENTRY,required=true test "$SENTRY" = ${passwords.sentry}
RUN --mount=type=secret,id=npmrc,required=true test "$(cat /run/secrets/npmrc)" = registry=x
`,
      '.npmrc': 'registry=x',
    },
    again: true,
    tags: ['app:latest'],
  },
  {
    name: 'ssh',
    files: {
      Dockerfile:
        'FROM scratch\nCOPY rootfs/ /\nRUN --mount=type=ssh,required=true test -S "$SSH_AUTH_SOCK"\n',
    },
    tags: ['app:latest'],
  },
  {
    name: 'private-base',
    files: { Dockerfile: 'ARG BASE\nFROM $BASE\nRUN test -f /is-base\n' },
    again: true,
    tags: ['app:latest'],
  },
  {
    name: 'registry-mirror',
    files: { Dockerfile: 'FROM debian:12\nRUN test -f /is-base\n' },
    tags: ['app:latest'],
  },
  {
    name: 'bake',
    files: {
      Dockerfile: `${plain}FROM scratch\nCOPY --from=0 /built /built\nARG NAME\nCOPY Dockerfile /$NAME\n`,
      'docker-bake.hcl': `group "release" { targets = ["api", "web"] }
target "base" { args = { NAME = "base" } }
${['api', 'web'].map(toTarget).join('')}`,
    },
    counts: 2,
    tags: ['api:latest', 'web:latest'],
  },
  {
    name: 'compose',
    files: {
      'api/Dockerfile': 'FROM scratch\nCOPY compose.yaml /\n',
      'web/Dockerfile': plain,
      'compose.yaml': `services:
  api:
    image: REGISTRY/acme/compose-api
    build: { context: ., dockerfile: api/Dockerfile }
  web:
    image: REGISTRY/acme/compose-web
    build: { context: ., dockerfile: web/Dockerfile }
  db:
    image: postgres:17
`,
    },
    counts: 2,
    tags: ['api:latest', 'web:latest'],
  },
  {
    name: 'test-then-push',
    files: {
      Dockerfile: `${plain}COPY --chmod=755 app /bin/\n`,
      app: '#!/bin/sh\ntest "$1" = --self-test && echo "self-test: $(cat /built)"\n',
    },
    engine: true,
    counts: 2,
    found: 1,
    tags: ['app:latest'],
  },
  {
    name: 'self-hosted',
    files: { Dockerfile: plain },
    tags: ['app:latest'],
  },
  { name: 'ghes', files: { Dockerfile: plain }, server: 'enterprise', again: true, tags: ['app:latest'] },
];
