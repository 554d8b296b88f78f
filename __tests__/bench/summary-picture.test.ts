import { describe, expect, it } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { renderSummaryPicture } from '../../bench/render-summary.ts';

describe('the picture of a job summary', () => {
  const picture = renderSummaryPicture(
    '### Hotlayer: a &amp; b built\n\n| Fact | Value |\n| --- | --- |\n| Tags | <code>a:1</code><br><code>b</code> |\n| &emsp;all else | 1 s |\n\nA reason. (<code>own-branch</code>)\n### Next\n',
  );

  it('is well-formed, and shows every heading, cell and sentence once', () => {
    expect(XMLValidator.validate(picture)).toBe(true);
    const texts = [...picture.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, content]) => content);
    expect(texts).toEqual([
      ...['Hotlayer: a &amp; b built', 'Fact', 'Value', 'Tags', 'a:1, b'],
      ...['\u2003all else', '1 s', 'A reason. (own-branch)', 'Next'],
    ]);
  });
});
