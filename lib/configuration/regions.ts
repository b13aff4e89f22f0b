/**
 * China, GovCloud, the sovereign cloud and the isolated regions. They have domain names of their own, and lack services that the
 * constructs use. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const OTHER_PARTITIONS = /^(cn|us-gov|us-iso[a-z]?|eu-iso[a-z]?|eusc)-/;

/** What is wrong with a region, as a sentence; undefined if nothing is. */
export function regionFault(region: string): string | undefined {
  return OTHER_PARTITIONS.test(region)
    ? 'redraw-tracker can be deployed only to the commercial regions of AWS.'
    : undefined;
}
