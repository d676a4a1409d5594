/** Items sorted into rows, as a compressed sparse row: the items of row r are `items` from `begins[r]` up to, but not with, `begins[r + 1]`. */
export interface Rows {
  readonly begins: Uint32Array;
  readonly items: Uint32Array;
}

/**
 * Sorts the numbers of items, from 0, into so many rows by the row that each belongs to; within a row they keep their order. A list for each row would cost
 * more memory than what it lists.
 */
export function inRows(rowOf: Uint32Array, rows: number): Rows {
  const begins = new Uint32Array(rows + 1);
  for (const row of rowOf) begins[row + 1] = (begins[row + 1] ?? 0) + 1;
  for (let row = 0; row < rows; row++) begins[row + 1] = (begins[row + 1] ?? 0) + (begins[row] ?? 0);
  const items = new Uint32Array(rowOf.length);
  const free = begins.slice();
  for (const [item, row] of rowOf.entries()) {
    const place = free[row] ?? 0;
    items[place] = item;
    free[row] = place + 1;
  }
  return { begins, items };
}
