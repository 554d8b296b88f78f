import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { listRows } from '../../src/inputs/definitions.ts';
import {
  parseBakeInputs,
  parseCleanupInputs,
  parseInputs,
  parseSetupInputs,
} from '../../src/inputs/inputs.ts';
import type { InputEnvironment } from '../../src/inputs/reader.ts';
import type { Action } from '../../src/inputs/row.ts';
import { toInputVariables } from '../helpers/input-variables.ts';
import { badRows, withoutBadValue } from './bad-rows.ts';

const readers: Readonly<Record<Action, (env: InputEnvironment) => unknown>> = {
  main: parseInputs,
  bake: parseBakeInputs,
  setup: parseSetupInputs,
  cleanup: parseCleanupInputs,
};

describe.each(['main', 'bake', 'setup', 'cleanup'] as const)(
  'inputs of the action %s that are wrong',
  (action) => {
    function catchError(inputs: Readonly<Record<string, string>>): InputError {
      try {
        readers[action](toInputVariables(inputs));
      } catch (error) {
        if (error instanceof InputError) return error;
        throw error;
      }
      throw new Error(`accepted ${JSON.stringify(inputs)}`);
    }

    it.each(badRows[action])('%j', (inputs, message) => {
      const error = catchError(inputs);
      expect(error.message).toBe(message);
      expect(message).toMatch(new RegExp(`^input "${error.input}": .*; allowed (?:is|are) `, 's'));
      expect(Object.keys(inputs)).toContain(error.input);
      expect(`${message} ${error.stack} ${String(error.cause)}`).not.toMatch(/hush|hunter2/);
    });

    it('are told of with a whole message for each input that can be wrong', () => {
      const told = new Set(badRows[action].map(([inputs]) => catchError(inputs).input));
      const untold = listRows(action).filter(({ name }) => !told.has(name));
      expect(untold.map(({ name }) => name)).toEqual(
        listRows(action)
          .map(({ name }) => name)
          .filter((name) => name in withoutBadValue),
      );
    });
  },
);
