/**
 * Makes the filter form of the incident list work in place. The address holds the filters, so that a filtered list can be shared, and the
 * back button undoes one.
 */
export function enhanceFilters(form: HTMLFormElement): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>('table.incidents tbody tr')];
  const output = form.querySelector('output');
  const controls = [...form.elements].filter(
    (element): element is HTMLSelectElement | HTMLInputElement =>
      element instanceof HTMLSelectElement || element instanceof HTMLInputElement,
  );
  const apply = () => {
    const wanted = controls.filter((control) => control.value !== '').map((control) => [control.name, control.value] as const);
    let shown = 0;
    for (const row of rows) {
      const matches = wanted.every(([name, value]) =>
        name === 'text' ? hasWords(row, value) : (row.getAttribute(`data-${name}`) ?? '').split(' ').includes(value),
      );
      row.hidden = !matches;
      if (matches) shown++;
    }
    if (output) output.textContent = wanted.length === 0 ? '' : `${shown} of ${rows.length}`;
  };
  const readAddress = () => {
    const parameters = new URLSearchParams(location.search);
    for (const control of controls) control.value = parameters.get(control.name) ?? '';
    apply();
  };
  const writeAddress = (replace: boolean) => {
    const parameters = new URLSearchParams(controls.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]));
    const address = parameters.size > 0 ? `?${parameters}` : location.pathname;
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    apply();
  };
  form.addEventListener('input', (event) => writeAddress(event.target instanceof HTMLInputElement));
  form.addEventListener('reset', () => setTimeout(() => writeAddress(false)));
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('popstate', readAddress);
  form.hidden = false;
  readAddress();
}

function hasWords(row: HTMLTableRowElement, text: string): boolean {
  const content = row.textContent?.toLowerCase() ?? '';
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => content.includes(word));
}
