// Pictures of every page at three widths, light and dark, to be looked at:
//
//	npm run shots [FOLDER [PART OF A NAME]]
//
// beside a demo that is named as for the tests. FOLDER is _build/shots.
import { mkdirSync } from 'node:fs';
import { launch } from './demo.mjs';
import { furnishMail, mailed, unmailed } from './mailed.mjs';
import { bare, crowd, failures, filled, furnish, visit } from './places.mjs';

const [folder = '_build/shots', part = ''] = process.argv.slice(2);

async function shoot(people, place) {
  if (!place[0].includes(part)) return;
  const page = await visit(people, place);
  for (const width of [390, 820, 1440])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${place[0]}-${width}-${colorScheme}.png`, fullPage: true });
    }
  console.log(place[0]);
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
const people = await crowd();
for (const place of [...bare(), ...unmailed(), ...failures()]) await shoot(people, place);
for (const place of filled(await furnish(people))) await shoot(people, place);
for (const place of mailed(await furnishMail(people))) await shoot(people, place);
await browser.close();
