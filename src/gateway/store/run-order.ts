interface Run {
  readonly runId: string;
  readonly attempt: string;
}

/** True when `other` began after `own`, and where nobody can say: GitHub counts its runs, an emulator may not. */
export function isNewerRun(other: Run, own: Run): boolean {
  if (other.runId === own.runId) return Number(other.attempt) > Number(own.attempt);
  const isCount = (text: string) => /^[0-9]{1,30}$/.test(text);
  return !isCount(other.runId) || !isCount(own.runId) || BigInt(other.runId) > BigInt(own.runId);
}
