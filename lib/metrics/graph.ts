import { GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** A graph on the CloudWatch dashboard; a row is 24 wide. */
export function graph(title: string, left: IMetric[], width = 6): GraphWidget {
  return new GraphWidget({ title, left, width });
}
