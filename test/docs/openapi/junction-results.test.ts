/** Compares our schema of Junction's results with the serialization of Junction's SDK. */
import {
  BiomarkerResult,
  LabResultsMetadata,
  LabResultsRaw,
  MissingBiomarkerResult,
} from '@junction-api/sdk/serialization';
import { expect, test } from 'vitest';
import {
  biomarkerResult,
  labResults,
  missingBiomarker,
  resultsMetadata,
} from '../../../docs/openapi/operations/junction-results.ts';

test.each([
  ['LabResultsRaw', LabResultsRaw, labResults],
  ['LabResultsMetadata', LabResultsMetadata, resultsMetadata],
  ['BiomarkerResult', BiomarkerResult, biomarkerResult],
  ['MissingBiomarkerResult', MissingBiomarkerResult, missingBiomarker],
] as const)('has the fields of %s', async (_, theirs, { shape }) => {
  const { _getRawProperties } = theirs as unknown as { _getRawProperties: () => Promise<string[]> };
  expect(Object.keys(shape).toSorted()).toEqual((await _getRawProperties()).toSorted());
});
