// How people of the stories write: a request, and an answer to one.
import { panel } from './demo.mjs';

export const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

export async function write(page, address, { subject, message, files = [] }) {
  await page.goto(address);
  if (subject) await page.locator('form[data-write] [name=subject]').fill(subject);
  await page.locator('form[data-write] textarea[name=message]').fill(message);
  if (files.length) {
    await page.locator('#file').setInputFiles(files);
    await page.locator('.upload--ok').nth(files.length - 1).waitFor();
  }
  await page.locator('[data-send]').click();
}

/** A new request; its number. */
export async function ask(page, address, words) {
  await write(page, address, words);
  await page.waitForURL(/\/sent\//);
  return page.url().split('/').pop();
}

export async function answer(agent, number, message) {
  await write(agent, `${panel}/ticket/${number}`, { message });
  await agent.locator('.flash').waitFor();
}
