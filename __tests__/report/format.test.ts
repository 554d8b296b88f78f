import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderCode, renderTable, renderText } from '../../src/report/format.ts';
import { hostileText } from '../helpers/hostile-text.ts';

const markdown = fc
  .array(
    fc.oneof(
      hostileText,
      fc.constantFrom(
        ...[
          '|',
          '\n',
          '<img src=x onerror=alert(1)>',
          '</code>',
          '<!--',
          '![a](b)',
          '[l](javascript:x)',
          '`',
          '```',
        ],
        ...[
          '**e**',
          '_e_',
          '~~e~~',
          '# h',
          '> [!NOTE]',
          '- [ ] x',
          '1. x',
          '---',
          '$x$',
          '$$x$$',
          '\\',
          '&lt;',
        ],
        ...[
          '@octocat',
          '@org/team',
          '#12',
          'GH-12',
          'https://example.com',
          'http://a',
          'www.example.com',
          'a@b.c',
        ],
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** What GitHub makes of the entities, before it looks for mentions. */
function decode(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

describe('foreign text in the summary is text', () => {
  it('whatever it holds: one cell, no HTML, no formatting, no link, no mathematics', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        for (const cell of [renderText(text), renderCode(text).replace(/^<code>|<\/code>$/g, '')]) {
          // Entities aside, nothing is left that Markdown or HTML knows.
          expect(cell.replace(/&(?:#\d+|lt|gt|amp);/g, '')).not.toMatch(
            /[\\|`*_[\]~#@!$<>&\n\r\p{Cc}]|:\/\//u,
          );
          expect(decode(cell)).not.toMatch(/^\s|\s$/);
        }
        expect(renderTable(['a', 'b'], [[renderText(text), renderCode(text)]]).split('\n')).toHaveLength(3);
      }),
      { numRuns: 3000 },
    );
  });

  it('nobody is mentioned and no issue', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(decode(renderText(text))).not.toMatch(/@[a-z\d]|#\d|\bGH-\d|\bwww\./i);
      }),
      { numRuns: 3000 },
    );
  });

  it('a name can be copied from it', () => {
    const name = 'ghcr.io/acme/app_x:1@sha256:12';
    expect(decode(renderCode(name))).toBe(`<code>${name}</code>`);
  });

  it('colours of a build are left out', () => {
    expect(renderText('\u001b[31mred\u001b[0m')).toBe('red');
  });
});
