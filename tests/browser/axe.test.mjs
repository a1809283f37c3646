// Every page, empty and filled, phone and desk, light and dark: no violation
// of WCAG 2.0 to 2.2 A and AA nor of good practice, and no sideways scrolling.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { withBrowser } from './demo.mjs';
import { furnishMail, mailed, unmailed } from './mailed.mjs';
import { bare, crowd, failures, filled, furnish, visit } from './places.mjs';

withBrowser();

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const run = (values) => window.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
  .then(({ violations }) => violations.flatMap((v) => v.nodes.map((n) =>
    `${v.id} (${v.help}) at ${n.target.join(' ')}: ${n.html.slice(0, 160)}` +
    ` ${n.any.concat(n.all).map((c) => c.message).join('; ').slice(0, 200)}`)));

const tooWide = () => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return '';
  const over = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > room + 1);
  return `${document.documentElement.scrollWidth} px wide, first ${over.slice(0, 3).map((e) => e.outerHTML.slice(0, 100)).join(' | ')}`;
};

async function faults(people, place) {
  const page = await visit(people, place);
  const found = [];
  await page.evaluate(axe);
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(tooWide);
    if (wide) found.push(`${width} px: scrolls sideways: ${wide}`);
    if (width === 820) continue;
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const fault of await page.evaluate(run, tags)) found.push(`${width} px, ${colorScheme}: ${fault}`);
    }
  }
  return found;
}

test('every page can be read by everybody', { timeout: 360000 }, async (t) => {
  const people = await crowd();
  const look = (places) => Promise.all(Object.keys(people).map(async (who) => {
    for (const place of places.filter((p) => p[1] === who))
      await t.test(place[0], async () => assert.equal((await faults(people, place)).join('\n'), ''));
  }));
  await look([...bare(), ...unmailed()]);
  await look(failures());
  await look(filled(await furnish(people)));
  await look(mailed(await furnishMail(people)));
});
