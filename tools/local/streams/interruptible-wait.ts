/** A wait that another part of the program can end. */
export interface InterruptibleWait {
  /** Returns at once if it was interrupted since the last wait began. */
  wait(milliseconds: number): Promise<void>;
  interrupt(): void;
  readonly isWaiting: boolean;
}

export function interruptibleWait(): InterruptibleWait {
  let interrupted = false;
  let end: (() => void) | undefined;
  return {
    wait(milliseconds) {
      if (interrupted) {
        interrupted = false;
        return Promise.resolve();
      }
      return new Promise((done) => {
        const timer = setTimeout(() => end?.(), milliseconds);
        end = () => {
          clearTimeout(timer);
          end = undefined;
          interrupted = false;
          done();
        };
      });
    },
    interrupt() {
      interrupted = true;
      end?.();
    },
    get isWaiting() {
      return end !== undefined;
    },
  };
}
