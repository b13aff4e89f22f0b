/** Aborted when the command is asked to stop. What it does then ends first. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());
  return stopping.signal;
}

/** The exit code of a command that was stopped, and can be continued. */
export function stopped(): number {
  console.error('Stopped. Run the same command to continue.');
  return 130;
}
