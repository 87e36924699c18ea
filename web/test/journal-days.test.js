import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dayText, earliest, hoursOf, notedOf, pairsOf, today, weeksOf } from '../lib/journal-days.js';

/** Marks as the server gives them, of times as they were written down there. */
function marksOf(...entries) {
  const marks = { began: [], zone: [], minutes: [], kind: [], before: of(), after: of(), regions: { before: {}, after: {} } };
  for (const [time, { minutes = 10, before = {}, after = {} } = {}] of entries) {
    const [, sign, hours, rest] = /([+-])(\d\d):(\d\d)$/.exec(time);
    marks.began.push(Date.parse(time));
    marks.zone.push(Number(`${sign}1`) * (Number(hours) * 60 + Number(rest)));
    marks.minutes.push(minutes);
    marks.kind.push('breathing');
    for (const measure of Object.keys(marks.before)) {
      marks.before[measure].push(before[measure] ?? null);
      marks.after[measure].push(after[measure] ?? null);
    }
  }
  return marks;
}
const of = () => ({ comfort: [], tension: [], distress: [] });
const day = (text) => Date.parse(`${text}T00:00Z`) / 86_400_000;
const told = (weeks) => weeks.map(({ from, days }) => [dayText(from), ...days.map((each) => `${dayText(each.day)} ${each.count}×${each.minutes} row ${each.row}`)]);

describe('weeks', () => {
  test('days on which something began, and no others', () => {
    const marks = marksOf(['2026-11-16T07:00:00+01:00'], ['2026-11-22T23:59:00+01:00', { minutes: 20 }], ['2026-11-23T00:01:00+01:00'], ['2026-11-23T21:00:00+01:00', { minutes: 5 }]);
    assert.deepEqual(told(weeksOf(marks, { until: day('2026-11-24'), count: 2 })), [
      ['2026-11-16', '2026-11-16 1×10 row 0', '2026-11-22 1×20 row 6'],
      ['2026-11-23', '2026-11-23 2×15 row 0'],
    ]);
  });

  test('a day is the day where it was practised, whatever the zone', () => {
    const marks = marksOf(['2026-11-23T23:30:00-08:00'], ['2026-11-24T00:30:00+13:00']);
    assert.deepEqual(told(weeksOf(marks, { until: day('2026-11-24'), count: 1 })), [['2026-11-23', '2026-11-23 1×10 row 0', '2026-11-24 1×10 row 1']]);
  });

  for (const [name, sunday, times] of [
    ['clocks go forward', '2026-03-29', ['2026-03-29T01:30:00+01:00', '2026-03-29T03:30:00+02:00', '2026-03-30T00:10:00+02:00']],
    ['clocks go back', '2026-10-25', ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00', '2026-10-26T00:10:00+01:00']],
  ]) {
    test(`the week in which ${name} has seven days`, () => {
      const weeks = weeksOf(marksOf(...times.map((time) => [time])), { until: day(sunday) + 1, count: 2 });
      assert.equal(weeks[1].from - weeks[0].from, 7);
      assert.deepEqual(weeks.map(({ days }) => days.map(({ row, count }) => [row, count])), [[[6, 2]], [[0, 1]]]);
    });
  }

  test('weeks go on over the end of a year', () => {
    const marks = marksOf(['2026-12-31T20:00:00+00:00'], ['2027-01-01T00:00:00+00:00'], ['2027-01-03T12:00:00+00:00']);
    assert.deepEqual(told(weeksOf(marks, { until: day('2027-01-03'), count: 1 })), [
      ['2026-12-28', '2026-12-31 1×10 row 3', '2027-01-01 1×10 row 4', '2027-01-03 1×10 row 6'],
    ]);
  });

  test('a week may begin on a Sunday or a Saturday', () => {
    const marks = marksOf(['2026-11-22T12:00:00+00:00']); // a Sunday
    const at = (firstDay) => told(weeksOf(marks, { until: day('2026-11-24'), count: 1, firstDay }))[0];
    assert.deepEqual(at(7), ['2026-11-22', '2026-11-22 1×10 row 0']);
    assert.deepEqual(at(6), ['2026-11-21', '2026-11-22 1×10 row 1']);
    assert.deepEqual(at(1), ['2026-11-23']);
  });

  test('what began before 1970 or after the last week is not drawn', () => {
    assert.deepEqual(told(weeksOf(marksOf(['1969-12-31T12:00:00+00:00']), { until: day('1970-01-04'), count: 1 })), [['1969-12-29', '1969-12-31 1×10 row 2']]);
    assert.deepEqual(told(weeksOf(marksOf(['2030-01-01T12:00:00+00:00']), { until: day('2026-11-24'), count: 1 })), [['2026-11-23']]);
  });
});

test('an empty journal has empty pictures', () => {
  const none = marksOf();
  assert.equal(earliest(none), Infinity);
  assert.deepEqual(hoursOf(none), new Array(24).fill(0));
  assert.deepEqual(pairsOf(none, 'comfort'), []);
  assert.deepEqual(notedOf(none), []);
  assert.ok(weeksOf(none, { until: 0, count: 52 }).every(({ days }) => days.length === 0));
});

test('the hours are those of the clock on the wall', () => {
  const hours = hoursOf(marksOf(['2026-07-01T00:15:00+02:00'], ['2026-01-01T00:45:00-05:00'], ['2026-01-01T23:59:59+05:30'], ['1969-12-31T06:00:00+00:00']));
  assert.deepEqual([hours[0], hours[6], hours[23]], [2, 1, 1]);
  assert.equal(hours.reduce((sum, n) => sum + n), 4);
});

test('a pair is both numbers, nought among them', () => {
  const marks = marksOf(
    ['2026-11-20T12:00:00+00:00', { before: { comfort: 4 } }],
    ['2026-11-21T12:00:00+00:00', { before: { comfort: 0, tension: 7 }, after: { comfort: 3 } }],
    ['2026-11-22T12:00:00+00:00', { before: { comfort: 5 }, after: { comfort: 0 } }],
  );
  assert.deepEqual(pairsOf(marks, 'comfort'), [{ day: day('2026-11-21'), before: 0, after: 3 }, { day: day('2026-11-22'), before: 5, after: 0 }]);
  assert.deepEqual(pairsOf(marks, 'tension'), []);
});

test('places come the oftenest first', () => {
  const regions = { before: { belly: 2, 'sole.left': 1 }, after: { belly: 1, jaw: 3, ears: 1 } };
  assert.deepEqual(notedOf({ regions }), [
    { key: 'belly', before: 2, after: 1 }, { key: 'jaw', before: 0, after: 3 },
    { key: 'ears', before: 0, after: 1 }, { key: 'sole.left', before: 1, after: 0 },
  ]);
});

test('twenty thousand entries are all there', () => {
  const first = Date.parse('2000-01-01T06:00:00Z');
  const marks = marksOf(...Array.from({ length: 20_000 }, (_, i) => [
    new Date(first + i * 11 * 3_600_000).toISOString().replace('.000Z', '+00:00'), { before: { distress: i % 11 }, after: { distress: (i * 3) % 11 } },
  ]));
  assert.equal(hoursOf(marks).reduce((sum, n) => sum + n), 20_000);
  assert.equal(pairsOf(marks, 'distress').length, 20_000);
  const last = day('2025-02-07');
  const weeks = weeksOf(marks, { until: last, count: 1400 });
  assert.equal(weeks.flatMap(({ days }) => days).reduce((sum, { count }) => sum + count, 0), 20_000);
  assert.equal(dayText(earliest(marks)), '2000-01-01');
});

test('today is this device\'s own', () => {
  assert.equal(dayText(today(new Date(2026, 10, 24, 23, 59))), '2026-11-24');
  assert.equal(dayText(today(new Date(2026, 10, 24, 0, 0))), '2026-11-24');
});
