import { expect, test } from 'vitest';
import { doneBy, Place } from './place.ts';

test('status tells what one holds, whether something is said with it or not, and nothing of others', async () => {
  const place = new Place();
  const { claim } = doneBy(await place.as('ada', 0, (ada) => ada.claim({ paths: ['a.ts'], why: 'split' })));
  const claims = [claim];
  const said = await place.as('ada', 1, (ada) => ada.status({ activity: 'splitting' }));
  expect(said).toMatchObject({ value: { agent: { claims } } });
  const seen = await place.as('ada', 2, (ada) => ada.status());
  expect(seen).toMatchObject({ value: { agent: { claims, activity: 'splitting' } } });
  const others = await place.as('bold-fox', 3, (fox) => fox.status({ activity: 'reading' }));
  expect(others).toMatchObject({ value: { agent: { claims: [] } } });
});
