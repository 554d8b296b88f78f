/**
 * The numbers 0 … n-1, each after those that it depends on; undefined: they loop. Not recursive, because a cache config
 * may chain thousands of steps.
 */
export function toDependencyOrder(
  dependencies: readonly (readonly number[])[],
): readonly number[] | undefined {
  const order: number[] = [];
  const states = new Map<number, 'open' | 'done'>();
  for (const root of dependencies.keys()) {
    const path = [{ node: root, next: 0 }];
    while (path.length > 0) {
      const step = path.at(-1);
      if (step === undefined) break;
      if (step.next === 0) {
        if (states.get(step.node) === 'done') {
          path.pop();
          continue;
        }
        if (states.get(step.node) === 'open') return undefined;
        states.set(step.node, 'open');
      }
      const child = dependencies[step.node]?.[step.next];
      step.next += 1;
      if (child !== undefined) {
        path.push({ node: child, next: 0 });
        continue;
      }
      states.set(step.node, 'done');
      order.push(step.node);
      path.pop();
    }
  }
  return order;
}
