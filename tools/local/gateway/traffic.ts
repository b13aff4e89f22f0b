import { appendFileSync } from 'node:fs';
import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';
import { type Authorization, commonLogTime, type HttpRequest, splitUrl } from '../http/http-event.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Measurement } from '../metrics/embedded-metrics.ts';
import { readMetricFilters } from '../metrics/metric-filters.ts';
import { serverErrorRate, serverErrors } from '../metrics/service-metrics.ts';
import type { Page } from '../page/page.ts';
import type { Template } from '../template/template.ts';
import { logFile } from '../topics-and-queues/log-groups.ts';

/** A request to the API or to the page, and its answer. */
export interface Exchange {
  by: 'api' | 'page';
  request: HttpRequest;
  response: HttpResponse;
  /** undefined if the request matches no route. */
  routeKey?: string | undefined;
  authorization?: Authorization | undefined;
}

interface TrafficOptions {
  data: DataDirectory;
  page: Page | undefined;
  record(measurement: Measurement): void;
}

const stageSchema = z.object({
  ApiId: z.string(),
  AccessLogSettings: z.object({ DestinationArn: z.string(), Format: z.string() }).optional(),
});

/**
 * Writes the access log of the API, with what its metric filters count, and the metrics of API Gateway and CloudFront. The API
 * and the page have one address here, so API requests count for CloudFront too if their path is one that it
 * passes to the API.
 */
export function recordTraffic(
  template: Template,
  { data, page, record }: TrafficOptions,
): (exchange: Exchange) => void {
  const [stage] = template.resources('AWS::ApiGatewayV2::Stage').map((id) => template.read(id, stageSchema));
  const settings = stage?.AccessLogSettings;
  const [, group] = /:log-group:([^:]+)/.exec(settings?.DestinationArn ?? '') ?? [];
  const filters = readMetricFilters(template, group);

  function log(exchange: Exchange): void {
    if (!stage) return;
    record(serverErrors(stage.ApiId, exchange.response.status));
    if (!settings || group === undefined) return;
    const line = accessLogLine(settings.Format, exchange);
    appendFileSync(logFile(data, group), `${line}\n`);
    for (const filter of filters) filter(line, exchange.request.receivedAt).forEach(record);
  }

  return (exchange) => {
    if (exchange.by === 'api') log(exchange);
    if (!page) return;
    if (exchange.by === 'page' || page.isForApi(splitUrl(exchange.request.url).path)) {
      record(serverErrorRate(page.distributionId, exchange.response.status));
    }
  };
}

/**
 * A line of the access log. As in API Gateway, a variable without a value is `-`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
function accessLogLine(format: string, { request, response, routeKey, authorization }: Exchange): string {
  const challenge = String(response.headers['www-authenticate'] ?? '');
  const variables: Record<string, unknown> = {
    requestId: request.id,
    requestTime: commonLogTime(request.receivedAt),
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': request.headers.get('user-agent')?.[0],
    'authorizer.error': /error_description="([^"]*)"/.exec(challenge)?.[1],
    'authorizer.claims.client_id': authorization?.claims.client_id,
    'authorizer.claims.sub': authorization?.claims.sub,
    routeKey,
    status: response.status,
    responseLength: response.body.length,
    responseLatency: Date.now() - request.receivedAt.getTime(),
  };
  return format.replaceAll(/\$context\.([\w.]+)/g, (_, name: string) => {
    const value = String(variables[name] ?? '-');
    return JSON.stringify(value).slice(1, -1);
  });
}
