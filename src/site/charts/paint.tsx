/** Colours of pictures that stand alone; a page's style sheet overrides them by class, light and dark. */
export const INK = '#1c1e21';
export const SOFT = '#4a5057';
export const RULE = '#dcd8ce';
export const PAPER = '#fbfaf6';

/** What an area can stand for. Each has a colour and, but for the first, a pattern of its own: colour is never the only sign. */
export const ROLES = {
  s1: { colour: '#1f5fa8', pattern: undefined },
  s2: { colour: '#b35309', pattern: 'M-1 7 7 -1M-1 1 1 -1M5 7 7 5' },
  s3: { colour: '#1b7a68', pattern: 'M1.5 0V6M4.5 0V6' },
  s4: { colour: '#8a3d86', pattern: 'M0 1.5H6M0 4.5H6' },
  d1: { colour: '#39424e', pattern: undefined },
  d2: { colour: '#78828f', pattern: 'M-1 7 7 -1M-1 1 1 -1M5 7 7 5' },
  d3: { colour: '#c4cad1', pattern: undefined },
  rest: { colour: '#9a9486', pattern: undefined },
  mixed: { colour: '#e4dfd2', pattern: 'M-1 7 7 -1M-1 -1 7 7' },
  open: { colour: '#fbfaf6', pattern: 'M3 2.4V3.6' },
  absent: { colour: '#ffffff', pattern: undefined },
} as const satisfies Record<string, { colour: string; pattern: string | undefined }>;
export type Role = keyof typeof ROLES;

/** The roles of the series of a picture: depths have greys of their own, then open and absent states, then those that gather, then colours in order. */
export function rolesOf(keys: readonly string[]): Role[] {
  const special: Readonly<Record<string, Role>> = {
    featured: 'd1',
    structured: 'd2',
    indexed: 'd3',
    other: 'rest',
    several: 'mixed',
    unknown: 'open',
    'not-recorded': 'absent',
  };
  const colours: readonly Role[] = ['s1', 's2', 's3', 's4'];
  let used = 0;
  return keys.map((key) => special[key] ?? colours[used++ % colours.length] ?? 's1');
}

/** Definitions of the patterns that some roles need; `id` is that of the picture. */
export function Patterns({ id, roles }: { id: string; roles: readonly Role[] }) {
  return (
    <defs>
      {[...new Set(roles)].map((role) => {
        const { colour, pattern } = ROLES[role];
        if (!pattern) return null;
        return (
          <pattern id={`${id}-${role}`} width="6" height="6" patternUnits="userSpaceOnUse">
            <rect class={`fill-${role}`} width="6" height="6" fill={colour} />
            <path
              class={`line-${role}`}
              d={pattern}
              fill="none"
              stroke={role === 'mixed' || role === 'open' ? '#6d675a' : PAPER}
              stroke-width="1"
            />
          </pattern>
        );
      })}
    </defs>
  );
}

/** Attributes of an area of a role. */
export function areaOf(id: string, role: Role): Record<string, string> {
  const { colour, pattern } = ROLES[role];
  return pattern
    ? { class: `area-${role}`, fill: `url(#${id}-${role})`, stroke: role === 'mixed' || role === 'open' ? '#6d675a' : 'none' }
    : { class: `area-${role} fill-${role}`, fill: colour, stroke: role === 'absent' || role === 'd3' ? '#6d675a' : 'none' };
}
