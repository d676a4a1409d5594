import { inkText, type Picture, ruleLine, softText } from './picture.tsx';
import { round } from './round.ts';
import { LABEL_SIZE, LEADING, layoutTimeTree, NOTE_SIZE, type TreeEdge, type TreeNode } from './time-tree-layout.ts';

const STROKE = '#4a5057';
const KEY_LINE = 34;

/** How edges of a kind are drawn, and what the kind is called. */
export interface EdgeStyle {
  readonly label: string;
  readonly dash: string | undefined;
  readonly width: number;
}

interface TimeTreeProps {
  readonly nodes: readonly TreeNode[];
  readonly edges: readonly TreeEdge[];
  readonly styles: Readonly<Record<string, EdgeStyle>>;
  readonly description: string;
  /** Where a node leads, within a page. */
  readonly hrefOf: (node: TreeNode) => string;
}

/** Things over time, each with what came of it: a line of descent is dashed by what it rests on. */
export function timeTree({ nodes, edges, styles, description, hrefOf }: TimeTreeProps): Picture {
  const used = Object.entries(styles).filter(([name]) => edges.some(({ style }) => style === name));
  return {
    description,
    linked: true,
    draw: ({ width, links }) => {
      const layout = layoutTimeTree(nodes, edges, width);
      const columns = width < 560 ? 1 : 3;
      const keyHeight = used.length === 0 ? 0 : Math.ceil(used.length / columns) * 20 + 12;
      return {
        height: keyHeight + layout.height,
        body: (
          <>
            {used.map(([, style], index) => {
              const [x, y] = [(index % columns) * (width / columns), Math.floor(index / columns) * 20 + 8];
              return (
                <g class="tree-key" font-size={NOTE_SIZE}>
                  <Line d={`M${round(x)} ${y}h${KEY_LINE}`} style={style} />
                  <text x={round(x + KEY_LINE + 8)} y={y + 4} {...inkText}>
                    {style.label}
                  </text>
                </g>
              );
            })}
            <g transform={`translate(0 ${keyHeight})`}>
              <g font-size={NOTE_SIZE}>
                {layout.ticks.map(({ x, label }) => (
                  <>
                    <path d={`M${round(x)} 20V${layout.height}`} {...ruleLine} />
                    <text x={round(x)} y="13" text-anchor="middle" {...softText}>
                      {label}
                    </text>
                  </>
                ))}
                {layout.undatedX === undefined ? null : (
                  <text x={round(layout.undatedX)} y="13" text-anchor="middle" {...softText}>
                    no date
                  </text>
                )}
              </g>
              {layout.edges.map(({ edge, d }) => {
                const style = styles[edge.style];
                return style ? <Line d={d} style={style} /> : null;
              })}
              {layout.rows.map((row) => {
                const top = row.y - ((row.label.length + row.note.length) * LEADING) / 2 + 11;
                const label = (
                  <text font-size={LABEL_SIZE} font-weight="600" {...inkText}>
                    {row.label.map((text, line) => (
                      <tspan x="0" y={round(top + line * LEADING)}>
                        {`${text} `}
                      </tspan>
                    ))}
                  </text>
                );
                return (
                  <g class="tree-row">
                    {links ? <a href={hrefOf(row.node)}>{label}</a> : label}
                    <text font-size={NOTE_SIZE} {...softText}>
                      {row.note.map((text, line) => (
                        <tspan x="0" y={round(top + (row.label.length + line) * LEADING)}>
                          {`${text} `}
                        </tspan>
                      ))}
                    </text>
                    {row.exact || !row.dated ? (
                      <circle
                        class={row.dated ? 'tree-dot' : 'tree-dot undated'}
                        cx={round(row.from)}
                        cy={round(row.y)}
                        r="5"
                        fill={row.dated ? '#1f5fa8' : '#fbfaf6'}
                        stroke="#1f5fa8"
                        stroke-width="1.6"
                        stroke-dasharray={row.dated ? undefined : '2.5 2'}
                      >
                        <title>{row.node.date ?? 'no date recorded'}</title>
                      </circle>
                    ) : (
                      <rect
                        class="tree-span"
                        x={round(row.from - 5)}
                        y={round(row.y - 5)}
                        width={round(row.to - row.from + 10)}
                        height="10"
                        rx="5"
                        fill="none"
                        stroke="#1f5fa8"
                        stroke-width="1.6"
                        stroke-dasharray="4 2.5"
                      >
                        <title>{row.node.date}</title>
                      </rect>
                    )}
                  </g>
                );
              })}
            </g>
          </>
        ),
      };
    },
  };
}

function Line({ d, style }: { d: string; style: EdgeStyle }) {
  return <path class="tree-edge" d={d} fill="none" stroke={STROKE} stroke-width={style.width} stroke-dasharray={style.dash} />;
}
