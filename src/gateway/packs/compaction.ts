export interface PackUse {
  readonly key: string;
  readonly sizeBytes: number;
  /** Bytes of the blobs in it that are still wanted; 0: nobody needs the pack, it is left out without a rewrite. */
  readonly liveBytes: number;
}

/** Of all packs that a manifest names, at most half as much again as the live bytes may be dead. */
const maxSizeToLive = 1.5;
/** A pack below that size costs a look-up at every start for little. */
const smallPackBytes = 32 * 1024 * 1024;
const maxSmallPacks = 8;
/** Some room, so that not every build that adds a small pack has to merge. */
const smallPacksAfterMerge = 4;

/**
 * The keys of the packs whose live blobs are to be rewritten into new packs. With these gone, and those without a live
 * byte, the packs hold at most 1.5 times their live bytes, and at most 8 of them, a new one counted, are below 32 MiB.
 */
export function decideCompaction(packs: readonly PackUse[]): readonly string[] {
  const used = packs.filter(({ liveBytes }) => liveBytes > 0);
  const wasteful = pickWasteful(used);
  const whole = used.filter((pack) => !wasteful.includes(pack));
  return [...wasteful, ...pickSmall(whole, wasteful.length > 0)].map(({ key }) => key);
}

/** Those with the smallest share of live bytes, as few as bring the whole within the limit. */
function pickWasteful(packs: readonly PackUse[]): readonly PackUse[] {
  const liveBytes = sum(packs.map((pack) => pack.liveBytes));
  let sizeBytes = sum(packs.map((pack) => pack.sizeBytes));
  const picked: PackUse[] = [];
  for (const pack of [...packs].sort(compareShares)) {
    if (sizeBytes <= maxSizeToLive * liveBytes) break;
    picked.push(pack);
    sizeBytes -= pack.sizeBytes - pack.liveBytes;
  }
  return picked;
}

/**
 * The smallest, when there are too many small ones: those above the number that may stay, and then each that is not
 * larger than all before it together, so that a byte moves into a pack of at least about twice the size each time.
 */
function pickSmall(packs: readonly PackUse[], isRewriting: boolean): readonly PackUse[] {
  const small = packs
    .filter(({ sizeBytes }) => sizeBytes < smallPackBytes)
    .sort((a, b) => a.sizeBytes - b.sizeBytes || compareKeys(a, b));
  // What is rewritten may end in a small pack as well.
  if (small.length + Number(isRewriting) <= maxSmallPacks) return [];
  let count = small.length - smallPacksAfterMerge;
  const taken = () => sum(small.slice(0, count).map(({ sizeBytes }) => sizeBytes));
  for (let next = small[count]; next !== undefined && next.sizeBytes <= taken(); next = small[count])
    count += 1;
  return small.slice(0, count);
}

function compareShares(a: PackUse, b: PackUse): number {
  return a.liveBytes / a.sizeBytes - b.liveBytes / b.sizeBytes || compareKeys(a, b);
}

function compareKeys(a: PackUse, b: PackUse): number {
  return a.key < b.key ? -1 : Number(a.key > b.key);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
