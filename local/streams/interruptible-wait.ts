/** Lets something sleep until its time is over, until it is woken, or until all ends. */
export interface WakeUp {
  /** @returns at once if woken since the last wait began. */
  wait(milliseconds: number): Promise<void>;
  wake(): void;
}

export function wakeUp(): WakeUp {
  let woken = false;
  let end: (() => void) | undefined;
  return {
    wait(milliseconds) {
      if (woken) {
        woken = false;
        return Promise.resolve();
      }
      return new Promise((done) => {
        const timer = setTimeout(() => end?.(), milliseconds);
        end = () => {
          clearTimeout(timer);
          end = undefined;
          woken = false;
          done();
        };
      });
    },
    wake() {
      woken = true;
      end?.();
    },
  };
}
