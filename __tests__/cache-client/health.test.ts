import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Absence, SilenceError, toAbsence } from '../../src/cache-client/absence.ts';
import { type Outage, ServiceHealth, UnavailableError } from '../../src/cache-client/health.ts';
import { type ClientCallKind, silentObserver } from '../../src/cache-client/observer.ts';
import { createRequestGate } from '../../src/cache-client/request-gate.ts';
import {
  callWithRetries,
  defaultRetryPolicy,
  RetryableError,
  type RetryFacts,
} from '../../src/cache-client/retry.ts';
import { FastClock } from '../helpers/fast-clock.ts';

const url = 'http://cache.example/';

/** A host that does what it is told, and callers that know of each other. */
class Service {
  readonly clock = new FastClock();
  readonly outages: Outage[] = [];
  readonly health = new ServiceHealth(this.clock, (outage) => this.outages.push(outage));
  tries = 0;
  /** Of the next tries: what goes wrong; undefined: an answer. */
  fault: RetryFacts | undefined;
  /** How long a silence takes. */
  silenceMs = 7000;

  async call(kind: ClientCallKind = 'lookup', isProbe = false): Promise<string> {
    const { clock, health } = this;
    const context = {
      ...{ kind, policy: defaultRetryPolicy, clock, isProbe },
      ...{ observer: silentObserver, gate: createRequestGate(clock), signal: undefined },
      health: { host: health.host(url), kind: health.kind(url, kind) },
    };
    try {
      return await callWithRetries(context, async () => {
        this.tries += 1;
        const { fault } = this;
        if (fault?.absence === 'silent') await clock.sleep(this.silenceMs);
        if (fault === undefined || fault.absence === undefined) health.heard(url);
        if (fault !== undefined) throw new RetryableError('in vain', fault);
        health.kind(url, kind).answered();
        return 'answer';
      });
    } catch (error) {
      return error instanceof UnavailableError ? 'away' : 'failed';
    }
  }

  get waitedMs(): number {
    return this.clock.waits.reduce((sum, ms) => sum + ms, 0);
  }
}

describe('a host that is away', () => {
  it('and refuses costs all calls together less than a second', async () => {
    const service = new Service();
    service.fault = { absence: 'refused' };
    for (let n = 0; n < 50; n++) expect(await service.call()).toBe('away');
    expect(service.waitedMs).toBeLessThan(1000);
    expect(service.tries).toBe(4);
    expect(service.outages).toHaveLength(1);
  });

  it('and only restarts is reached by the same call', async () => {
    const service = new Service();
    service.fault = { absence: 'refused' };
    const call = service.call();
    service.fault = undefined;
    expect(await call).toBe('answer');
    expect(service.outages).toEqual([]);
  });

  it('and keeps silent is waited for once', async () => {
    const service = new Service();
    service.fault = { absence: 'silent' };
    for (let n = 0; n < 50; n++) expect(await service.call()).toBe('away');
    expect(service.tries).toBe(1);
    expect(service.health.host(url).isSuspect).toBe(true);
  });

  it('and keeps silent to calls that are on their way at once is waited for once by each', async () => {
    const service = new Service();
    service.fault = { absence: 'silent' };
    expect(await Promise.all([service.call(), service.call('create'), service.call()])).toEqual([
      'away',
      'away',
      'away',
    ]);
    expect(service.tries).toBe(3);
    expect(service.outages).toHaveLength(1);
  });

  it('may have dropped an idle connection: one more try', async () => {
    const service = new Service();
    service.fault = { absence: 'silent', isReused: true };
    expect(await service.call()).toBe('away');
    expect(service.tries).toBe(2);
  });

  it('or is not trusted is asked once', async () => {
    const service = new Service();
    service.fault = { absence: 'untrusted' };
    for (let n = 0; n < 5; n++) expect(await service.call()).toBe('away');
    expect([service.tries, service.waitedMs]).toEqual([1, 0]);
  });

  it('is asked again after a while by one call, seldom, and its first answer ends the outage', async () => {
    const service = new Service();
    service.fault = { absence: 'silent' };
    await service.call();
    const asked: number[] = [];
    for (let second = 1; second <= 300; second++) {
      service.silenceMs = 0;
      await service.clock.sleep(1000);
      const before = service.tries;
      await Promise.all([service.call(), service.call(), service.call()]);
      if (service.tries > before) asked.push(second);
      expect(service.tries - before).toBeLessThanOrEqual(1);
    }
    expect(asked.length).toBeLessThanOrEqual(6);
    service.fault = undefined;
    expect(await service.call('lookup', true)).toBe('answer');
    expect(service.health.outage).toBeUndefined();
    expect(await service.call()).toBe('answer');
  });

  it('is not away as long as it answers others', async () => {
    const service = new Service();
    service.fault = { absence: 'silent' };
    const call = service.call();
    service.health.heard(url);
    service.fault = undefined;
    expect(await call).toBe('answer');
    expect(service.outages).toEqual([]);
  });
});

describe('a host in trouble', () => {
  it('fails one kind of call at once after two have given up, and does the others', async () => {
    const service = new Service();
    service.fault = { status: 503 };
    expect([await service.call(), await service.call()]).toEqual(['failed', 'failed']);
    const { tries } = service;
    expect([await service.call(), service.tries]).toEqual(['away', tries]);
    service.fault = undefined;
    expect(await service.call('create')).toBe('answer');
    expect(service.outages).toEqual([]);
    await service.clock.sleep(10_000);
    expect(await service.call()).toBe('answer');
  });

  it('is not away when it limits requests', async () => {
    const service = new Service();
    service.fault = { status: 429 };
    for (let n = 0; n < 4; n++) expect(await service.call()).toBe('failed');
  });
});

it('whatever happens, an outage begins only after a fault, and ends with the next answer', async () => {
  const absences = fc.constantFrom<Absence>('refused', 'silent', 'untrusted', 'broken');
  const event = fc.oneof(
    absences.map((absence) => ({ absence })),
    fc.constantFrom(500, 503, 429).map((status) => ({ status })),
    fc.constant(undefined),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (faults) => {
      const service = new Service();
      for (const fault of faults) {
        service.fault = fault;
        const answer = await service.call('lookup', true);
        expect(answer).toBe(fault === undefined ? 'answer' : 'absence' in fault ? 'away' : 'failed');
        expect(service.health.outage !== undefined).toBe(fault !== undefined && 'absence' in fault);
      }
    }),
  );
});

describe('why there was no answer', () => {
  const withCode = (code: string) => Object.assign(new Error(code), { code });
  it.each<[string, unknown, Absence]>([
    ['refused', withCode('ECONNREFUSED'), 'refused'],
    ['no route', withCode('EHOSTUNREACH'), 'refused'],
    ['no network', withCode('ENETUNREACH'), 'refused'],
    ['unknown name', withCode('ENOTFOUND'), 'refused'],
    ['no answer of DNS', withCode('EAI_AGAIN'), 'refused'],
    ['given up by the kernel', withCode('ETIMEDOUT'), 'refused'],
    ['all addresses', new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]), 'refused'],
    ['own patience', new SilenceError('no answer'), 'silent'],
    ['own certificate', withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), 'untrusted'],
    ['unknown issuer', withCode('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'untrusted'],
    ['unverifiable', withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'untrusted'],
    ['expired', withCode('CERT_HAS_EXPIRED'), 'untrusted'],
    ['another name', withCode('ERR_TLS_CERT_ALTNAME_INVALID'), 'untrusted'],
    ['no TLS there', withCode('ERR_SSL_WRONG_VERSION_NUMBER'), 'untrusted'],
    ['no TLS there, of old', withCode('EPROTO'), 'untrusted'],
    ['reset', withCode('ECONNRESET'), 'broken'],
    ['broken pipe', withCode('EPIPE'), 'broken'],
    ['no code', new Error('?'), 'broken'],
    ['no error', 'text', 'broken'],
  ])('%s', (_name, error, expected) => {
    expect(toAbsence(error)).toBe(expected);
  });
});
