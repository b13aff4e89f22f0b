import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { StatusLabel } from '../components/status-label.tsx';
import { MissingMarkers } from '../redraw/missing-markers.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { humanize } from '../wording/status.ts';
import type { LabReport, Marker } from './lab-report.ts';
import { countsOf, interpretationOf, isOutside, overallOf, rangeOf, sideOf } from './markers.ts';

/** A lab report: results, ranges and missing markers. */
export function Report({ report }: { report: LabReport }) {
  const { laboratory, status, reportedOn, markers, missing } = report;
  const overall = overallOf(report);
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Laboratory', value: laboratory ?? '–' },
          { label: 'Report', value: humanize(status) },
          { label: 'Reported on', value: reportedOn ?? '–' },
          { label: 'Interpretation', value: overall ? <StatusLabel of={overall} /> : '–' },
        ]}
      />
      {missing.length > 0 && (
        <SpaceBetween size="xs">
          <Header variant="h3" counter={`(${missing.length})`}>
            Missing markers
          </Header>
          <MissingMarkers missing={missing} />
        </SpaceBetween>
      )}
      {markers === null ? (
        <Alert type="info" header="These results can’t be shown as a table">
          The lab uses its own format. Open the PDF to see the results.
        </Alert>
      ) : (
        <Table
          variant="embedded"
          wrapLines
          contentDensity="compact"
          header={
            <Header variant="h3" description={countsOf(report)}>
              Results
            </Header>
          }
          ariaLabels={{ tableLabel: 'Results' }}
          columnDefinitions={columns}
          items={markers}
          empty="The report has no results."
        />
      )}
    </SpaceBetween>
  );
}

/** Ordered for a phone, which shows the first columns. */
const columns: TableProps.ColumnDefinition<Marker>[] = [
  {
    id: 'marker',
    header: 'Marker',
    isRowHeader: true,
    minWidth: 110,
    cell: ({ name, slug }) => name ?? slug ?? '–',
  },
  {
    id: 'result',
    header: 'Result',
    minWidth: 90,
    cell: (marker) => (
      <Box variant="span" fontWeight={isOutside(marker) ? 'bold' : 'normal'}>
        {marker.result} <span className="aside">{marker.unit}</span>
      </Box>
    ),
  },
  {
    id: 'interpretation',
    header: 'Interpretation',
    minWidth: 120,
    cell: (marker) => <Interpretation marker={marker} />,
  },
  { id: 'range', header: 'Range', minWidth: 90, cell: (marker) => rangeOf(marker) ?? '–' },
  {
    id: 'reported',
    header: 'Reported',
    minWidth: 110,
    cell: ({ timestamp }) => <Timestamp at={timestamp} />,
  },
];

/** Stands out only for results that need attention. */
function Interpretation({ marker }: { marker: Marker }) {
  const read = interpretationOf(marker.interpretation);
  const side = sideOf(marker);
  if (!isOutside(marker)) return <span className="aside">{read?.text ?? '–'}</span>;
  return (
    <>
      <StatusLabel of={read ?? { text: 'Out of range', tone: 'warning' }} />
      {side && <div className="aside">{side}</div>}
    </>
  );
}
