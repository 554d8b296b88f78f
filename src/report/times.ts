/** A phase of the step; `parts` are what of it is known more exactly. */
export interface PhaseTime {
  readonly name: string;
  readonly seconds: number;
  readonly parts?: readonly { readonly name: string; readonly seconds: number }[];
}

export interface TimeRow {
  readonly name: string;
  /** Of the phase above it. */
  readonly isPart: boolean;
  /** Tenths of a second. */
  readonly tenths: number;
}

/**
 * The phases, what lies between them, and the whole. As shown, the parts of a phase add up to the phase, and the phases
 * to the whole: each is rounded so that their running sum is exact to a tenth.
 */
export function listTimes(
  phases: readonly PhaseTime[],
  wholeSeconds: number | undefined,
): readonly TimeRow[] {
  const round = startRounding();
  const rows = phases.flatMap((phase): readonly TimeRow[] => {
    const parts = fillUp(phase).map(({ name, seconds }) => ({ name, isPart: true, tenths: round(seconds) }));
    const tenths = sum(parts.map((part) => part.tenths));
    const shown = parts.length === 1 ? [] : parts.filter((part) => part.tenths > 0);
    return [{ name: phase.name, isPart: false, tenths }, ...shown];
  });
  const between = (wholeSeconds ?? 0) - sum(phases.map(({ seconds }) => clamp(seconds)));
  if (wholeSeconds !== undefined)
    rows.push({ name: 'Start, and between the phases', isPart: false, tenths: round(between) });
  const whole = sum(rows.filter(({ isPart }) => !isPart).map(({ tenths }) => tenths));
  return [...rows, { name: 'Together', isPart: false, tenths: whole }];
}

/** One line for the log. */
export function renderTimes(phases: readonly PhaseTime[], wholeSeconds: number): string {
  const render = ({ name, tenths }: TimeRow): string => `${name} ${(tenths / 10).toFixed(1)} s`;
  const rows = listTimes(phases, wholeSeconds);
  const texts = rows.map((row, index) => {
    if (row.isPart) return undefined;
    const end = rows.findIndex((other, at) => at > index && !other.isPart);
    const parts = rows.slice(index + 1, end === -1 ? undefined : end);
    return parts.length === 0 ? render(row) : `${render(row)} (${parts.map(render).join(', ')})`;
  });
  return `Time: ${texts.filter((text) => text !== undefined).join(', ')}`;
}

/** The parts with what is left of the phase. The daemon's clock may jump: then its parts are shrunk to fit. */
function fillUp({ name, seconds, parts = [] }: PhaseTime): readonly { name: string; seconds: number }[] {
  const whole = clamp(seconds);
  const known = sum(parts.map((part) => clamp(part.seconds)));
  const factor = known > whole ? whole / known : 1;
  const shrunk = parts.map((part) => ({ name: part.name, seconds: clamp(part.seconds) * factor }));
  if (shrunk.length === 0) return [{ name, seconds: whole }];
  return [...shrunk, { name: 'all else', seconds: whole - sum(shrunk.map((part) => part.seconds)) }];
}

/** Rounds one number after the other to tenths, so that the sum of all so far is right. */
function startRounding(): (seconds: number) => number {
  let exact = 0;
  let shown = 0;
  return (seconds) => {
    exact += clamp(seconds);
    const tenths = Math.round(exact * 10) - shown;
    shown += tenths;
    return tenths;
  };
}

function clamp(seconds: number): number {
  return Number.isFinite(seconds) ? Math.max(seconds, 0) : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
