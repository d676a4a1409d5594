import { escapeXml } from '../../../base/xml-text.ts';
import { CELL, headOf } from '../../explore/map-layout.ts';
import { fitText } from './cut-text.ts';
import { curveOf, type Scene } from './map-painter.ts';

/** The drawing as SVG, in colours of its own. `caption`: what it shows, and where it can be seen. */
export function mapSvg({ layout, model, edges, strong }: Scene, caption: string): string {
  const places = new Map(layout.boxes.map((box) => [box.node, box]));
  const pad = 16;
  const lines = edges.flatMap(({ from, to }) => {
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b) return [];
    const [x1, y1, c1, c2, x2, y2] = curveOf(a, b);
    const isStrong = strong.has(from) && strong.has(to);
    return [
      `<path d="M${x1} ${y1}C${c1} ${y1} ${c2} ${y2} ${x2} ${y2}" stroke="${isStrong ? '#12416f' : '#8b8577'}" stroke-width="${isStrong ? 1.8 : 1}"/>`,
    ];
  });
  const boxes = layout.boxes.map(({ node, x, y }) => {
    const isIncident = model.data.kinds[model.kindOf(node)]?.kind === 'incident';
    return `<g><title>${escapeXml(`${model.data.kinds[model.kindOf(node)]?.title}: ${model.labelOf(node)}`)}</title><rect x="${x}" y="${y}" width="${CELL.width}" height="${CELL.height - 5}" rx="5" fill="${isIncident ? '#f9e3df' : '#ffffff'}" stroke="${isIncident ? '#9a1c16' : '#4a5057'}"/><text x="${x + 5}" y="${y + 13.5}">${escapeXml(fitText(model.labelOf(node), CELL.width - 10, 12))}</text></g>`;
  });
  const heads = layout.lanes.map(
    (lane) => `<text x="${lane.x}" y="${lane.y + 14}" font-weight="600">${escapeXml(headOf(lane, model.data.kinds))}</text>`,
  );
  const [width, height] = [layout.width + 2 * pad, layout.height + 2 * pad + 24];
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-pad} ${-pad} ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="#1c1e21">
<rect x="${-pad}" y="${-pad}" width="${width}" height="${height}" fill="#fbfaf6"/>
${heads.join('\n')}
<g fill="none" stroke-opacity="0.7">${lines.join('\n')}</g>
${boxes.join('\n')}
<text x="0" y="${layout.height + 24}" fill="#4a5057">${escapeXml(caption)} · Threatpedia, CC BY 4.0</text>
</svg>
`;
}

/** Most pixels on a side: larger canvases stay empty in some browsers. */
const MOST_PIXELS = 8_000;

/** A drawing in SVG as PNG, at twice its size where that has room. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<Blob> {
  const picture = new Image();
  picture.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    await picture.decode();
    const scale = Math.min(2, MOST_PIXELS / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) =>
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('the browser made no picture'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(picture.src);
  }
}

/** What is drawn as GraphML (http://graphml.graphdrawing.org/). */
export function mapGraphml({ layout, model, edges }: Scene): string {
  const nodes = layout.boxes.map(
    ({ node }) =>
      `<node id="${escapeXml(model.idOf(node))}"><data key="label">${escapeXml(model.labelOf(node))}</data><data key="kind">${model.data.kinds[model.kindOf(node)]?.kind}</data></node>`,
  );
  const ties = edges.map(
    ({ from, to, relation, record }) =>
      `<edge source="${escapeXml(model.idOf(from))}" target="${escapeXml(model.idOf(to))}"><data key="relation">${model.data.relations[relation]?.id}</data><data key="in">${escapeXml(record < 0 ? '' : model.idOf(record))}</data></edge>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="relation" for="edge" attr.name="relation" attr.type="string"/>
<key id="in" for="edge" attr.name="in" attr.type="string"/>
<graph edgedefault="directed">
${nodes.join('\n')}
${ties.join('\n')}
</graph>
</graphml>
`;
}
