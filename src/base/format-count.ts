/**
 * A number with commas between thousands, as English has it. Not `toLocaleString`: loading the locale's data takes a process as long as a whole exposure check, and a
 * page as long as laying it out.
 */
export function formatCount(number: number): string {
  const [whole = '', rest] = String(number).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
