/**
 * A card for a citation that is pointed at or focused: the document, when and by whom it was published, and the strings that it must contain. Without JavaScript the same
 * stands in the link's title.
 */
export function enhanceCitations(page: Document): void {
  const links = page.querySelectorAll<HTMLAnchorElement>('a.cite[href^="#ref-"]');
  if (links.length === 0) return;
  const card = page.createElement('div');
  card.className = 'cite-card';
  card.id = 'cite-card';
  card.setAttribute('role', 'tooltip');
  card.hidden = true;
  page.body.append(card);
  let shown: HTMLAnchorElement | undefined;

  const hide = (): void => {
    shown?.removeAttribute('aria-describedby');
    shown = undefined;
    card.hidden = true;
  };
  const show = (link: HTMLAnchorElement): void => {
    const reference = page.getElementById(link.hash.slice(1));
    const title = reference?.querySelector('a')?.textContent;
    if (!title || reference?.classList.contains('later')) {
      hide();
      return;
    }
    // The browser's own tip would cover the card.
    link.dataset.about ??= link.title;
    link.removeAttribute('title');
    const name = page.createElement('b');
    name.textContent = title;
    const about = page.createElement('span');
    about.textContent = link.dataset.about;
    card.replaceChildren(name, about);
    card.hidden = false;
    const at = link.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const below = at.bottom + height + 8 < innerHeight;
    card.style.setProperty('left', `${Math.max(8, Math.min(at.left, innerWidth - width - 8)) + scrollX}px`);
    card.style.setProperty('top', `${(below ? at.bottom + 4 : at.top - height - 4) + scrollY}px`);
    shown?.removeAttribute('aria-describedby');
    shown = link;
    link.setAttribute('aria-describedby', card.id);
  };
  const linkOf = (event: Event): HTMLAnchorElement | undefined =>
    (event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a.cite[href^="#ref-"]')) || undefined;
  for (const type of ['mouseover', 'focusin'] as const) {
    page.addEventListener(type, (event) => {
      const link = linkOf(event);
      if (link) show(link);
      else if (!(event.target instanceof Element && event.target.closest('.cite-card'))) hide();
    });
  }
  page.addEventListener('focusout', hide);
  page.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
}
