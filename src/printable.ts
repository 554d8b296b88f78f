/**
 * Escape sequences of terminals, those that have an eight-bit form in that too: cursor and screen (CSI), titles and links (OSC), device
 * strings (DCS, SOS, PM, APC), and short ones. No part matches what another part of it does, so time is linear.
 */
const csi = String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`;
const deviceString = String.raw`(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\p{Cc}]*(?:\u0007|\u001b\\|\u009c)`;
const shortEscape = String.raw`\u001b[ -/]*[0-~]`;

/** Colours: the one kind of sequence that a log may hold. */
const colour = String.raw`\u001b\[[\d;:]*m`;
const isColour = new RegExp(`^${colour}$`);

/** Marks that put a stretch of text into another direction: they show a name or a command as another one. */
const bidi = String.raw`[\u202a-\u202e\u2066-\u2069]`;

const lineEnds = /\r\n?/g;
/** For these the line goes on, so that nothing stands at the start of one that did not. */
const otherLineEnds = '\u000b\u000c\u0085\u2028\u2029';
const suspects = new RegExp(
  [csi, deviceString, shortEscape, `[${otherLineEnds}]`, '\\p{Cc}', '\\p{Cs}', bidi].join('|'),
  'gu',
);

/** `::` behind anything at the start of a line that a reader may skip: white space, what is not seen, colours. */
const commandAtStart = new RegExp(`^((?:[\\t\\p{Z}\\p{Cf}]|${colour})*):(?=:)`, 'gmu');
/** `##[`, and `##vso[` of Azure Pipelines, anywhere in a line, also with colours in between. */
const commandAnywhere = new RegExp(`#(?=(?:${colour})*#(?:${colour})*(?:vso)?\\[)`, 'gu');

/** Breaks a command up; nobody sees it. */
const gap = '\u200b';

/**
 * Foreign text (of a build, a daemon, a service, a repository) as one may print it into a job's log: nothing that moves
 * the cursor or turns text around, and no line that a runner would take for a workflow command, which sets masks, stops
 * commands or raises annotations. The runner looks for `::name::` at the start of a line and for `##[name]` anywhere in
 * it (actions/runner, ActionCommand.cs); act and Gitea's runner know less. Characters go before commands are looked
 * for: what is taken out must not join the halves of one. Other text stays as it is, but for its line ends, which become
 * `\n`.
 */
export function toPrintable(text: string): string {
  return text
    .replace(lineEnds, '\n')
    .replace(suspects, toHarmless)
    .replace(commandAtStart, `$1:${gap}`)
    .replace(commandAnywhere, `#${gap}`);
}

/** The same without colours, for places that show none. */
export function toPlainText(text: string): string {
  return toPrintable(toPrintable(text).replace(new RegExp(colour, 'g'), ''));
}

/**
 * A value as JSON that may be printed: it parses to the same value, and holds no command, as JSON has another way to
 * write a character.
 *
 * @param indent blanks a level; without it all is one line
 */
export function toPrintableJson(value: unknown, indent?: number): string {
  // The line ends between values are the only ones: those in a string are escaped already.
  return JSON.stringify(value, undefined, indent).replace(
    /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]|#(?=#(?:vso)?\[)/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * A secret, and how its lines look once they have been through here, at the start of a line and inside one: a mask of the
 * secret alone would not cover that. One that ends in `##` changes with what is printed behind it.
 */
export function listPrintedForms(secret: string): readonly string[] {
  const printed = ['', 'x'].flatMap((before) =>
    ['', '[', 'vso['].map((after) => {
      const text = toPrintable(`${before}${secret}${after}`);
      return text.slice(before.length, text.length - after.length);
    }),
  );
  const forms = printed.flatMap((form) => [form, ...form.split('\n')]);
  // One letter as a mask would blacken the whole log.
  return [...new Set([secret, ...forms.filter((form) => form.trim().length > 1)])];
}

function toHarmless(found: string): string {
  if (found === '\n' || found === '\t' || isColour.test(found)) return found;
  if (otherLineEnds.includes(found)) return ' ';
  return /^\p{Cs}$/u.test(found) ? '\ufffd' : '';
}
