/** What the description of an alarm says. The mail of the alarm and the API show it. */
export interface AlarmDescription {
  /** What the alarm means for a person: a few plain sentences. */
  readonly meaning: string;
  /** The URL or path of the section of the runbook. */
  readonly runbook: string;
}

/** The mail shows the description on one line. Spaces end the URLs. */
export function alarmDescription({ meaning, runbook }: AlarmDescription, dashboardUrl: string): string {
  return `${meaning} What to do: ${runbook} Dashboard: ${dashboardUrl}`;
}

/** Null for the description of an alarm that is not one of ours. */
export function readAlarmDescription(text: string): AlarmDescription | null {
  const { meaning, runbook } =
    /^(?<meaning>.+) What to do: (?<runbook>\S+) Dashboard: \S+$/.exec(text)?.groups ?? {};
  return meaning && runbook ? { meaning, runbook } : null;
}
