import { describe, expect, it } from '@jest/globals';
import { parseEndpoint } from '../../src/inputs/endpoint.ts';
import { toConnection } from '../../src/step/endpoint-connector.ts';

describe('the program that leads to a daemon', () => {
  // The words are those of client/connhelper in BuildKit v0.33.1.
  it.each<[address: string, command: string | undefined]>([
    ['unix:///run/buildkit.sock', undefined],
    ['tcp://127.0.0.1:1234', undefined],
    ['docker-container://Build_kit.0', 'docker exec -i Build_kit.0 buildctl dial-stdio'],
    ['docker-container://b?context=far', 'docker --context=far exec -i b buildctl dial-stdio'],
    ['docker-container://b?context=', 'docker exec -i b buildctl dial-stdio'],
    [
      'kube-pod://pod-0?context=c&namespace=n&container=k',
      'kubectl --context=c --namespace=n exec --container=k -i pod-0 -- buildctl dial-stdio',
    ],
    ['kube-pod://pod-0', 'kubectl --context= --namespace= exec --container= -i pod-0 -- buildctl dial-stdio'],
    ['ssh://host', 'ssh -- host buildctl dial-stdio'],
    ['ssh://me@host', 'ssh -l me -- host buildctl dial-stdio'],
    ['ssh://me@host:2222', 'ssh -l me -p 2222 -- host buildctl dial-stdio'],
    ['ssh://host:22', 'ssh -p 22 -- host buildctl dial-stdio'],
    ['ssh://host/run/b.sock', 'ssh -- host buildctl --addr unix:///run/b.sock dial-stdio'],
    ['ssh://a%40b@host/a%23b.sock', 'ssh -l a@b -- host buildctl --addr unix:///a#b.sock dial-stdio'],
    ['ssh://[::1]:22', 'ssh -p 22 -- ::1 buildctl dial-stdio'],
    ['ssh://me@[2001:db8::1]/b.sock', 'ssh -l me -- 2001:db8::1 buildctl --addr unix:///b.sock dial-stdio'],
  ])('%s', (address, command) => {
    expect(toConnection(parseEndpoint('endpoint', address))?.join(' ')).toBe(command);
  });

  it('gets each value as one word', () => {
    const given = parseEndpoint('endpoint', 'docker-container://b?context=a%20b%3B%24(c)');
    expect(toConnection(given)).toContain('--context=a b;$(c)');
  });
});
