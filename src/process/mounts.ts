/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  readonly mountPoint: string;
  readonly fileSystem: string;
}

/** In the order of mounting: what was mounted later may lie on top of what was mounted before. */
export function parseMounts(mountinfo: string): readonly Mount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [left = '', right = ''] = line.split(' - ');
    const mountPoint = left.split(' ')[4];
    const fileSystem = right.split(' ')[0] ?? '';
    return mountPoint === undefined ? [] : [{ mountPoint: unescapeOctal(mountPoint), fileSystem }];
  });
}

/** Mount points at and below a directory, the ones to unmount first at the front. */
export function selectMountsBelow(mounts: readonly Mount[], directory: string): readonly string[] {
  return mounts
    .map(({ mountPoint }) => mountPoint)
    .filter((mountPoint) => mountPoint === directory || mountPoint.startsWith(`${directory}/`))
    .reverse();
}

/** Where a cgroup of that name, or one whose name begins so, can be: one directory a hierarchy (version 1), or one in all (version 2). */
export function listCgroupDirectories(mounts: readonly Mount[], cgroupParent: string): readonly string[] {
  const roots = mounts.filter(({ fileSystem }) => fileSystem === 'cgroup' || fileSystem === 'cgroup2');
  return [...new Set(roots.map(({ mountPoint }) => `${mountPoint}/${cgroupParent}`))];
}

/** The kernel writes space, tab, newline and backslash as `\040` and so on. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
