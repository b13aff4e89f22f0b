/** `lab-reports` as part of a logical id or an output: `LabReports`. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase());
}
