/** A RUN of a Dockerfile. */
export interface DockerfileStep {
  /** From 1 on. */
  readonly line: number;
  /** The instruction's first line. */
  readonly text: string;
}

interface Instruction extends DockerfileStep {
  /** In upper case. */
  readonly name: string;
  /** All that follows the name, without continuations. */
  readonly rest: string;
}

interface Stage {
  readonly name: string | undefined;
  readonly base: string;
  /** Built for each of the `platforms`, and not for one that the Dockerfile names. */
  readonly isForTarget: boolean;
  readonly instructions: readonly Instruction[];
}

/**
 * The first RUN that is certain to run on every target platform: in a stage that the target is made of and that has no
 * other platform. undefined: there is none, or it cannot be said without BuildKit (another frontend, names in build
 * args). Pure.
 *
 * @param target the `target` input; undefined: the last stage
 */
export function findTargetStep(dockerfile: string, target: string | undefined): DockerfileStep | undefined {
  const lines = dockerfile.replace(/^\uFEFF/, '').split(/\r?\n/);
  const { syntax, continuation } = readDirectives(lines);
  // Another frontend may mean anything.
  if (syntax !== undefined && !/(?:^|\/)dockerfile(?:-upstream)?(?:[:@]|$)/.test(syntax)) return undefined;
  const stages = toStages(readInstructions(lines, continuation));
  const first = target === undefined ? stages.length - 1 : findStage(stages, target, stages.length);
  const seen = new Set<number>();
  const waiting = first === undefined ? [] : [first];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const stage = stages[index];
    if (stage === undefined || seen.has(index)) continue;
    seen.add(index);
    const step = stage.instructions.find(({ name }) => name === 'RUN');
    if (stage.isForTarget && step !== undefined) return { line: step.line, text: step.text };
    for (const name of [stage.base, ...stage.instructions.flatMap(listSources)]) {
      const source = findStage(stages, name, index);
      if (source !== undefined) waiting.push(source);
    }
  }
  return undefined;
}

/** Comments of the form `# name=value` before anything else. */
function readDirectives(lines: readonly string[]): {
  readonly syntax?: string;
  readonly continuation: string;
} {
  const found = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^#\s*([a-z]+)\s*=\s*(.+?)\s*$/i.exec(line) ?? [];
    if (name === undefined || value === undefined) break;
    found.set(name.toLowerCase(), value);
  }
  const syntax = found.get('syntax');
  return {
    ...(syntax === undefined ? {} : { syntax }),
    continuation: found.get('escape') === '`' ? '`' : '\\',
  };
}

function readInstructions(lines: readonly string[], continuation: string): readonly Instruction[] {
  const instructions: Instruction[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const text = (lines[index] ?? '').trim();
    if (text === '' || text.startsWith('#')) continue;
    const line = index + 1;
    let whole = text;
    while (whole.endsWith(continuation) && index + 1 < lines.length) {
      whole = whole.slice(0, -1);
      index += 1;
      // A comment in the midst of an instruction is left out, and so is an empty line.
      while (/^\s*(?:#|$)/.test(lines[index] ?? '') && index + 1 < lines.length) index += 1;
      whole += ` ${(lines[index] ?? '').trim()}`;
    }
    const [, name = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(whole) ?? [];
    instructions.push({ line, text, name: name.toUpperCase(), rest });
    if (/^(?:RUN|COPY|ADD)$/i.test(name)) index = skipHeredocs(lines, index, rest);
  }
  return instructions;
}

/** The index of the last line that belongs to the here-documents that the instruction begins. */
function skipHeredocs(lines: readonly string[], index: number, rest: string): number {
  let last = index;
  for (const [, tab, word] of rest.matchAll(/(?:^|[\s;|&\d])<<(-?)["']?([A-Za-z_]\w*)["']?/g)) {
    const isEnd = (line: string) => (tab === '-' ? line.replace(/^\t+/, '') : line) === word;
    const end = lines.findIndex((line, at) => at > last && isEnd(line));
    if (end === -1) return lines.length;
    last = end;
  }
  return last;
}

function toStages(instructions: readonly Instruction[]): readonly Stage[] {
  const stages: Stage[] = [];
  let current: Instruction[] = [];
  for (const instruction of instructions) {
    if (instruction.name !== 'FROM') {
      current.push(instruction);
      continue;
    }
    const words = instruction.rest.split(/\s+/);
    const platform = words.find((word) => word.startsWith('--platform='))?.slice('--platform='.length);
    const [base = '', as, name] = words.filter((word) => !word.startsWith('--'));
    const below = findStage(stages, base, stages.length);
    const inherited = below === undefined ? true : stages[below]?.isForTarget === true;
    current = [];
    stages.push({
      name: as?.toLowerCase() === 'as' ? name?.toLowerCase() : undefined,
      base,
      isForTarget:
        platform === undefined
          ? inherited
          : /^["']?\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})["']?$/.test(platform),
      instructions: current,
    });
  }
  return stages;
}

/** Among the stages before that one. */
function findStage(stages: readonly Stage[], name: string, before: number): number | undefined {
  const earlier = stages.slice(0, before);
  const byName = earlier.findLastIndex(
    (stage) => stage.name !== undefined && stage.name === name.toLowerCase(),
  );
  if (byName !== -1) return byName;
  return /^\d+$/.test(name) && Number(name) < earlier.length ? Number(name) : undefined;
}

/** Stages that an instruction takes files from. */
function listSources({ name, rest }: Instruction): readonly string[] {
  if (name === 'COPY') return [...rest.matchAll(/(?:^|\s)--from=(\S+)/g)].map(([, from = '']) => from);
  if (name === 'RUN') return [...rest.matchAll(/--mount=\S*?\bfrom=([^,\s]+)/g)].map(([, from = '']) => from);
  return [];
}
