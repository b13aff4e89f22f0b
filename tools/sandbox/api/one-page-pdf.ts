/** Letter paper, with uncompressed text so that a search finds it. */
const PAGE = { width: 612, height: 792, margin: 56, leading: 14, lines: 48 };

/** A PDF of one page. */
export function onePage(lines: readonly string[]): Buffer {
  const text = lines.slice(0, PAGE.lines).map(showLine).join('\n');
  const { width, height, margin, leading } = PAGE;
  const stream = `BT /F1 10 Tf ${leading} TL ${margin} ${height - margin} Td\n${text}\nET`;
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]);
}

function showLine(line: string): string {
  return `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`;
}

/** Numbers the objects from 1, starting with the catalog, and appends the cross-reference table. */
function assemble(objects: readonly string[]): Buffer {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, 'latin1');
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = Buffer.byteLength(file, 'latin1');
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  file += `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
