import { readFileSync } from 'node:fs';

const EVERY_MS = 500;

/** Resident memory of a process, sampled while it runs, in whole megabytes. Reads /proc; 0 on systems without it. */
export class MemoryGauge {
  #timer: NodeJS.Timeout | undefined;
  #samples: number[] = [];

  /** Samples this process from now on, instead of any other. */
  follow(pid: number): void {
    this.stop();
    this.#samples = [];
    this.#timer = setInterval(() => this.#samples.push(residentMegabytes(pid)), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The mean of the middle fifth and of the last fifth of the samples, and the maximum. */
  reading(): { middle: number; end: number; most: number } {
    const fifth = Math.max(1, Math.floor(this.#samples.length / 5));
    return {
      middle: mean(this.#samples.slice(2 * fifth, 3 * fifth)),
      end: mean(this.#samples.slice(-fifth)),
      most: Math.max(0, ...this.#samples),
    };
  }
}

function mean(samples: readonly number[]): number {
  return Math.round(samples.reduce((sum, sample) => sum + sample, 0) / Math.max(1, samples.length));
}

function residentMegabytes(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes ?? 0) / 1_024);
  } catch {
    return 0;
  }
}
