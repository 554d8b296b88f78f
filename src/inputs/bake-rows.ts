import {
  parseBakeFile,
  parseGrant,
  parseOverride,
  parseSource,
  parseTargetName,
  parseVariable,
} from './bake-entries.ts';
import { buildRows } from './build-rows.ts';
import { imageRows } from './image-rows.ts';
import { csv, lineOrDefault, lineOrElse, raw } from './kinds.ts';
import { refuseTilde } from './path.ts';

/** What a bake builds. */
export const bakeRows = {
  files: csv({
    name: 'files',
    description:
      'Bake files (HCL, JSON or compose), one a line or comma separated; by default those that buildx looks for, `docker-bake.hcl` or `compose.yaml` for example.',
    parse: parseBakeFile,
  }),
  targets: csv({
    name: 'targets',
    description: 'Targets and groups to build, one a line or comma separated; by default `default`.',
    parse: parseTargetName,
  }),
  set: raw({
    name: 'set',
    description:
      'Values to set in targets, one `target.key=value` a line, with `*` for all targets and `+=` to append.',
    parse: parseOverride,
  }),
  vars: raw({
    name: 'vars',
    description: 'Variables of the bake file, one `NAME=VALUE` a line.',
    parse: parseVariable,
  }),
  source: lineOrElse({
    name: 'source',
    description:
      'Where the bake file is, a directory or a Git URL; by default the workspace, or the commit of the event where nothing is checked out, which `{{defaultContext}}` stands for.',
    parse: parseSource,
  }),
  workdir: lineOrDefault({
    name: 'workdir',
    description: 'Directory in the workspace that the bake runs in.',
    default: '.',
    parse: refuseTilde,
  }),
  allow: csv({
    name: 'allow',
    description:
      'What the builds may do beyond usual ones, `network.host` or `security.insecure` for example, one a line or comma separated; files may be read and written anywhere, as in docker/bake-action.',
    parse: parseGrant,
  }),
  call: buildRows.call,
  noCache: buildRows.noCache,
  pull: buildRows.pull,
  load: imageRows.load,
  push: imageRows.push,
  pushRetries: imageRows.pushRetries,
  provenance: imageRows.provenance,
  sbom: imageRows.sbom,
  builder: buildRows.builder,
  githubToken: buildRows.githubToken,
};
