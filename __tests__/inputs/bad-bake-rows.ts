import type { BadRow } from './bad-rows.ts';

/** Of inputs that only the action bake has, or that say something else there. */
export const badBakeRows: readonly BadRow[] = [
  [
    { call: 'check', push: 'true' },
    'input "call": "check" asks about the build and makes no image, which "push: true" needs; allowed is one of the two',
  ],
  [{ files: '-' }, 'input "files": "-" is the standard input; allowed is the path of a file'],
  [
    { files: '~/a.hcl' },
    'input "files": "~/a.hcl" begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and "./~/a.hcl" for a name that begins with "~"',
  ],
  [
    { targets: '--print' },
    'input "targets": "--print" is not the name of a target; allowed are letters, digits, "_" and "-"',
  ],
  [
    { targets: 'https://github.com/o/r.git' },
    'input "targets": "https://github.com/o/r.git" is not the name of a target; allowed are letters, digits, "_" and "-"',
  ],
  [
    { set: 'app=hush' },
    'input "set": entry 1 (its text is not shown) does not name what is set; allowed is target.key=value or target.key+=value, one a line, with * for all targets',
  ],
  [
    { set: '*=hush' },
    'input "set": entry 1 (its text is not shown) does not name what is set; allowed is target.key=value or target.key+=value, one a line, with * for all targets',
  ],
  [
    { vars: 'hush' },
    'input "vars": entry 1 (its text is not shown) is not a variable with its value; allowed is NAME=VALUE, one a line',
  ],
  [
    { vars: '1A=hush' },
    'input "vars": entry 1 (its text is not shown) is not a variable with its value; allowed is NAME=VALUE, one a line',
  ],
  [
    { source: 'ftp://x/y.git' },
    'input "source": "ftp://x/y.git" is not a Git URL: ftp:// is not a protocol of Git contexts; allowed is a directory, https://host/owner/repository.git with an optional #ref[:directory], or {{defaultContext}}',
  ],
  [
    { source: '~/app' },
    'input "source": "~/app" begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and "./~/app" for a name that begins with "~"',
  ],
  [
    { source: 'https://github.com/o/r' },
    'input "source": "https://github.com/o/r" is not a Git URL: an http(s) address must end in .git (archives by URL are not supported); allowed is a directory, https://host/owner/repository.git with an optional #ref[:directory], or {{defaultContext}}',
  ],
  [
    { source: 'https://me:hush@host/r.git' },
    'input "source": "https://***@host/r.git" is not a Git URL: it holds credentials, which would end up in logs; use the "github-token" input or the variable BUILDX_BAKE_GIT_AUTH_TOKEN; allowed is a directory, https://host/owner/repository.git with an optional #ref[:directory], or {{defaultContext}}',
  ],
  [
    { workdir: '~/app' },
    'input "workdir": "~/app" begins with "~", which only a shell makes the home directory; allowed is a path from the workspace or an absolute one, and "./~/app" for a name that begins with "~"',
  ],
  [
    { allow: 'everything' },
    'input "allow": unknown entitlement "everything"; allowed are network.host, security.insecure, ssh, device, buildx.local.delete, and fs=PATH, fs.read=PATH, fs.write=PATH, device=NAME',
  ],
  [
    { allow: 'fs' },
    'input "allow": unknown entitlement "fs"; allowed are network.host, security.insecure, ssh, device, buildx.local.delete, and fs=PATH, fs.read=PATH, fs.write=PATH, device=NAME',
  ],
];
