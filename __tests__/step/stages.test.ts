import { describe, expect, it } from '@jest/globals';
import { runStages } from '../../src/step/stages.ts';

const names = ['client', 'gateway', 'report', 'daemon', 'mounts', 'cgroups', 'directory'];

describe('the stages of post', () => {
  const failing = names.flatMap((one, index) => [
    [one],
    ...names.slice(index + 1).map((other) => [one, other]),
  ]);

  it.each([...failing, names])('run all when %s fails, and each failure is told', async (...broken) => {
    const told = broken.filter((name) => typeof name === 'string');
    const ran: string[] = [];
    const failures = await runStages(
      names.map((name) => ({
        name,
        run: async () => {
          ran.push(name);
          if (told.includes(name)) throw new Error(`${name} is broken`);
        },
      })),
    );
    expect(ran).toEqual(names);
    expect(failures).toEqual(told.map((name) => `${name}: ${name} is broken`));
  });

  it('run all when one throws before it waits for anything, or throws no error', async () => {
    const ran: string[] = [];
    const failures = await runStages([
      {
        name: 'one',
        run: () => {
          throw new Error('at once');
        },
      },
      { name: 'two', run: () => Promise.reject('a text') },
      { name: 'three', run: async () => void ran.push('three') },
    ]);
    expect(failures).toEqual(['one: at once', 'two: a text']);
    expect(ran).toEqual(['three']);
  });
});
