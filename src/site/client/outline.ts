/** Marks in the outline which section is being read. */
export function enhanceOutline(page: Document): void {
  const links = [...page.querySelectorAll<HTMLAnchorElement>('.outline a')];
  const sections = links.flatMap((link) => page.querySelector(link.hash) ?? []);
  if (sections.length === 0 || !('IntersectionObserver' in globalThis)) return;
  const visible = new Set<Element>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target);
        else visible.delete(target);
      }
      const here = sections.find((section) => visible.has(section));
      for (const link of links) link.classList.toggle('here', here !== undefined && link.hash === `#${here.id}`);
    },
    // A section of which only the last line is left at the top is no longer being read.
    { rootMargin: '-48px 0px -55% 0px' },
  );
  for (const section of sections) observer.observe(section);
}
